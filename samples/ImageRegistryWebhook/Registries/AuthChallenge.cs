using System.Diagnostics.CodeAnalysis;

namespace ImageRegistryWebhook.Registries;

/// <summary>The source of a registry's tokens: the parameters of <c>WWW-Authenticate: Bearer</c>.</summary>
/// <param name="Realm">The address of the token service.</param>
/// <param name="Service">The registry's name for itself; may be empty.</param>
internal sealed record AuthChallenge(Uri Realm, string Service)
{
    private const int Longest = 4096;

    /// <summary>Reads the parameters: <c>name=value</c> or <c>name="value"</c>, with commas between.</summary>
    public static bool TryParse(string? parameters, [NotNullWhen(true)] out AuthChallenge? challenge)
    {
        challenge = null;
        if (parameters is null || parameters.Length > Longest)
        {
            return false;
        }

        string? realm = null;
        var service = "";
        var rest = parameters.AsSpan();
        while (!rest.IsEmpty)
        {
            if (!TryRead(ref rest, out var name, out var value))
            {
                return false;
            }

            if (name.Equals("realm", StringComparison.OrdinalIgnoreCase))
            {
                realm = value;
            }
            else if (name.Equals("service", StringComparison.OrdinalIgnoreCase))
            {
                service = value;
            }
        }

        challenge = Uri.TryCreate(realm, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) && address.Fragment.Length == 0
            ? new AuthChallenge(address, service)
            : null;
        return challenge is not null;
    }

    /// <summary>The address of a token to pull a repository. The scope that the registry suggests is not used.</summary>
    public Uri TokenAddress(string repository)
    {
        var query = $"{(Service.Length == 0 ? "" : $"service={Uri.EscapeDataString(Service)}&")}scope={Uri.EscapeDataString($"repository:{repository}:pull")}";
        return new UriBuilder(Realm) { Query = Realm.Query.Length > 1 ? $"{Realm.Query}&{query}" : query }.Uri;
    }

    private static bool TryRead(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out string value)
    {
        value = "";
        var equals = rest.IndexOf('=');
        name = equals < 0 ? default : rest[..equals].Trim(" ,\t");
        if (name.IsEmpty)
        {
            return false;
        }

        rest = rest[(equals + 1)..].TrimStart(" \t");
        var quoted = rest.StartsWith("\"");
        if (quoted)
        {
            rest = rest[1..];
        }

        // Addresses and names of services need no escapes, so that a backslash is an error.
        var end = quoted ? rest.IndexOf('"') : rest.IndexOf(',') is >= 0 and var comma ? comma : rest.Length;
        if (end < 0 || rest[..end].Contains('\\'))
        {
            return false;
        }

        value = rest[..end].Trim().ToString();
        rest = rest[Math.Min(rest.Length, end + (quoted ? 1 : 0))..].TrimStart(" ,\t");
        return true;
    }
}
