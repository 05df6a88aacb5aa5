using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ImageRegistryWebhook.Registries;

/// <summary>A user name and a password for a registry. Not a record, since a record prints its values.</summary>
internal sealed class RegistryCredential(string user, string password)
{
    /// <summary>The header for basic authentication.</summary>
    public AuthenticationHeaderValue Basic { get; } = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>The credential in keys of caches, so that results of one credential are not shown to another.</summary>
    public string Fingerprint { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
