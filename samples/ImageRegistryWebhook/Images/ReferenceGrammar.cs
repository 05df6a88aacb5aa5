using System.Buffers;

namespace ImageRegistryWebhook.Images;

/// <summary>The grammar of distribution/reference, by hand: one pass, ASCII only, no culture. (.NET's regexes take other digits for \d and a newline before $.)</summary>
internal static class ReferenceGrammar
{
    private const int MaxPath = 255;
    private const int MaxTag = 128;
    private const int MinDigestHex = 32;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:");
    private const string Malformed = "invalid reference format";

    public readonly record struct Parts(string Domain, string Path, string? Tag, string? Digest);

    /// <summary>Whether a text is lower-case hexadecimal.</summary>
    public static bool IsLowerHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(LowerHex);

    /// <summary>The repository name if it has upper-case letters, else null. The name ends at the first colon, as in the reference.</summary>
    public static string? NotLowercase(string remainder)
    {
        var colon = remainder.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? remainder : remainder[..colon];
        foreach (var c in name)
        {
            if (c != char.ToLowerInvariant(c))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Takes host and remainder apart.</summary>
    public static bool TrySplit(string domain, string remainder, out Parts parts, out string error)
    {
        parts = default;
        var at = remainder.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : remainder[(at + 1)..];
        var named = at < 0 ? remainder : remainder[..at];

        var lastSlash = named.LastIndexOf('/');
        var colon = named.IndexOf(':', lastSlash + 1);
        var tag = colon < 0 ? null : named[(colon + 1)..];
        var path = colon < 0 ? named : named[..colon];

        error = !IsPath(path) || (tag is not null && !IsTag(tag)) || (digest is not null && !LooksLikeDigest(digest)) ? Malformed
            : !IsDomain(domain) ? IsPath(domain) ? $"\"{domain}\" is not a host name, so the image names no registry" : Malformed
            : path.Length > MaxPath ? "repository name must not be more than 255 characters"
            : digest is not null ? DigestError(digest)
            : "";
        if (error.Length > 0)
        {
            return false;
        }

        parts = new Parts(domain, path, tag, digest);
        return true;
    }

    /// <summary>Whether a text is a host, with or without a port.</summary>
    public static bool IsDomain(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        if (text[0] == '[')
        {
            var close = text.IndexOf(']');
            return close > 1 && !text[1..close].ContainsAnyExcept(AddressCharacters) && IsPortOrNothing(text[(close + 1)..]);
        }

        var colon = text.IndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        foreach (var range in host.Split('.'))
        {
            var label = host[range];
            if (label.IsEmpty || !char.IsAsciiLetterOrDigit(label[0]) || !char.IsAsciiLetterOrDigit(label[^1]) || !IsLettersDigitsHyphens(label))
            {
                return false;
            }
        }

        return IsPortOrNothing(colon < 0 ? default : text[colon..]);
    }

    /// <summary>Whether a text is one or more path components.</summary>
    public static bool IsPath(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('/'))
        {
            if (!IsPathComponent(text[range]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text is a tag.</summary>
    public static bool IsTag(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > MaxTag || text[0] is '.' or '-')
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    // Alphanumeric runs, separated by one dot, one or two underscores, or any number of hyphens.
    private static bool IsPathComponent(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (true)
        {
            var start = i;
            while (i < text.Length && (char.IsAsciiLetterLower(text[i]) || char.IsAsciiDigit(text[i])))
            {
                i++;
            }

            if (i == start)
            {
                return false;
            }

            if (i == text.Length)
            {
                return true;
            }

            var separator = text[i];
            start = i;
            while (i < text.Length && text[i] == separator)
            {
                i++;
            }

            var most = separator switch
            {
                '.' => 1,
                '_' => 2,
                '-' => int.MaxValue,
                _ => 0,
            };
            if (i - start > most)
            {
                return false;
            }
        }
    }

    private static bool IsLettersDigitsHyphens(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPortOrNothing(ReadOnlySpan<char> text) =>
        text.IsEmpty || (text.Length > 1 && text[0] == ':' && !text[1..].ContainsAnyExceptInRange('0', '9'));

    // What the grammar lets through; whether it is a digest that exists is DigestError's to say.
    private static bool LooksLikeDigest(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        return colon > 0
            && IsDigestAlgorithm(text[..colon])
            && text[(colon + 1)..] is { Length: >= MinDigestHex } hex
            && !hex.ContainsAnyExcept(Hex);
    }

    private static bool IsDigestAlgorithm(ReadOnlySpan<char> text)
    {
        var start = true;
        foreach (var c in text)
        {
            if (start ? !char.IsAsciiLetter(c) : !char.IsAsciiLetterOrDigit(c) && c is not ('+' or '.' or '-' or '_'))
            {
                return false;
            }

            start = !char.IsAsciiLetterOrDigit(c);
        }

        return !start;
    }

    private static string DigestError(string digest)
    {
        var colon = digest.IndexOf(':', StringComparison.Ordinal);
        var (algorithm, hex) = (digest[..colon], digest[(colon + 1)..]);
        var length = algorithm switch
        {
            "sha256" => 64,
            "sha384" => 96,
            "sha512" => 128,
            _ => 0,
        };
        return length == 0 ? "unsupported digest algorithm"
            : hex.Length != length ? "invalid checksum digest length"
            : hex.AsSpan().ContainsAnyExcept(LowerHex) ? "invalid checksum digest format"
            : "";
    }
}
