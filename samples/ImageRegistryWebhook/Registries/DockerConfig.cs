using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Registries;

/// <summary>Credentials from a <c>.dockerconfigjson</c>, by registry and, for some, by the beginning of the repository.</summary>
internal sealed class DockerConfig
{
    public static readonly DockerConfig Empty = new([]);

    // The longest prefix first, so that the first match is the best.
    private readonly (RegistryHost Host, string Prefix, RegistryCredential Credential)[] _entries;

    private DockerConfig(IEnumerable<(RegistryHost Host, string Prefix, RegistryCredential Credential)> entries) =>
        _entries = [.. entries.OrderByDescending(entry => entry.Prefix.Length)];

    /// <summary>The credential for a repository, or null.</summary>
    public RegistryCredential? Find(RegistryHost host, string repository)
    {
        foreach (var entry in _entries)
        {
            if (entry.Host == host
                && (entry.Prefix.Length == 0 || repository == entry.Prefix || repository.StartsWith(entry.Prefix + "/", StringComparison.Ordinal)))
            {
                return entry.Credential;
            }
        }

        return null;
    }

    /// <summary>Reads the text of a file. Errors name the place and never show the content.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DockerConfig? config, [NotNullWhen(false)] out string? error)
    {
        config = null;
        List<(RegistryHost, string, RegistryCredential)> entries = [];
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("auths", out var auths) || auths.ValueKind != JsonValueKind.Object)
            {
                error = "the object \"auths\" is missing";
                return false;
            }

            foreach (var auth in auths.EnumerateObject())
            {
                RegistryCredential? credential = null;
                error = Registry(auth.Name, out var host, out var prefix) ?? Credential(auth.Value, out credential);
                if (credential is null)
                {
                    error = $"\"{auth.Name}\": {error}";
                    return false;
                }

                entries.Add((host, prefix, credential));
            }
        }
        catch (JsonException exception)
        {
            error = $"the file is not JSON (line {exception.LineNumber + 1})";
            return false;
        }

        config = new DockerConfig(entries);
        error = null;
        return true;
    }

    private static string? Registry(string key, out RegistryHost host, out string prefix)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? key : key[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var domain = slash < 0 ? rest : rest[..slash];
        prefix = slash < 0 ? "" : rest[(slash + 1)..].Trim('/');
        // docker login writes addresses of the registry's API.
        prefix = prefix is "v1" or "v2" ? "" : prefix;
        host = default;
        if (domain.Contains('*', StringComparison.Ordinal))
        {
            return "a pattern is not a host, and would show the credentials to several; write one host";
        }

        if (!ReferenceParser.IsRegistry(domain))
        {
            return "the key is not a registry host";
        }

        host = RegistryHost.Of(domain);
        return null;
    }

    private static string? Credential(JsonElement auth, out RegistryCredential? credential)
    {
        credential = null;
        if (auth.ValueKind != JsonValueKind.Object)
        {
            return "the value is not an object";
        }

        var (user, password) = (String(auth, "username"), String(auth, "password"));
        if (String(auth, "auth") is { Length: > 0 } encoded)
        {
            var bytes = new byte[encoded.Length];
            var decoded = Convert.TryFromBase64String(encoded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
            var colon = decoded.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                return "auth is not user:password in base64";
            }

            (user, password) = (decoded[..colon], decoded[(colon + 1)..]);
        }

        if (string.IsNullOrEmpty(user) || password is null)
        {
            return "auth is missing, and so is username or password";
        }

        credential = new RegistryCredential(user, password);
        return null;
    }

    private static string? String(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
