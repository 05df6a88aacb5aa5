namespace ImageRegistryWebhook.Images;

/// <summary>Docker Hub's rules for names without a registry.</summary>
internal static class DockerDomain
{
    public const string Default = "docker.io";
    private const string Legacy = "index.docker.io";
    private const string OfficialPrefix = "library/";
    private const int IdentifierLength = 64;

    /// <summary>The host and what follows it. What comes before the first slash is a host only if it looks like one: a dot, a port, an upper-case letter, or "localhost".</summary>
    public static (string Domain, string Remainder) Split(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return (Default, OfficialPrefix + text);
        }

        var first = text[..slash];
        var rest = text[(slash + 1)..];
        if (first == Legacy)
        {
            first = Default;
        }
        else if (first != "localhost" && !first.AsSpan().ContainsAny('.', ':') && !HasUpper(first))
        {
            return (Default, text);
        }

        return (first, first == Default && !rest.Contains('/', StringComparison.Ordinal) ? OfficialPrefix + rest : rest);
    }

    /// <summary>64 lower-case hexadecimal digits are an image's id, and refused as a name.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length == IdentifierLength && ReferenceGrammar.IsLowerHex(text);

    // Not only ASCII, as in the reference: such a host is refused later, but it must not become a path on Docker Hub.
    private static bool HasUpper(string text)
    {
        foreach (var c in text)
        {
            if (c != char.ToLowerInvariant(c))
            {
                return true;
            }
        }

        return false;
    }
}
