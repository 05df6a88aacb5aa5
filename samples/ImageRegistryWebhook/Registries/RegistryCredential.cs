using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ImageRegistryWebhook.Registries;

/// <summary>A user name and a password for a registry. No record: those print what they hold.</summary>
internal sealed class RegistryCredential(string user, string password)
{
    /// <summary>The header that shows it.</summary>
    public AuthenticationHeaderValue Basic { get; } = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Stands for it in keys of caches: what one credential may see is not shown to another.</summary>
    public string Fingerprint { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
