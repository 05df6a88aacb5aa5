namespace ImageRegistryWebhook.Images;

/// <summary>
/// The grammar of distribution/reference, read left to right without going back: each character is looked at a fixed number of times, only ASCII
/// is ever accepted, and nothing depends on the culture.
/// </summary>
/// <remarks>
/// <code>
/// reference      = [ domain "/" ] path [ ":" tag ] [ "@" digest ]
/// domain         = ( name *( "." name ) | "[" 1*( hex | ":" ) "]" ) [ ":" 1*digit ]      name: letters, digits and inner "-"
/// path           = component *( "/" component )
/// component      = 1*alnum *( separator 1*alnum )      alnum: a-z 0-9      separator: "." | "_" | "__" | 1*"-"
/// tag            = ( letter | digit | "_" ) *127( letter | digit | "_" | "." | "-" )
/// digest         = algorithm ":" 32*hex
/// </code>
/// What is before the first "/" is a domain only if it contains "." or ":" or a capital, or is <c>localhost</c>; else the domain is Docker Hub.
/// </remarks>
internal ref struct ReferenceParser(string? text)
{
    private const int LongestPath = 255;
    private const int LongestTag = 128;
    private const int ShortestDigest = 32;
    private const string LegacyDockerHub = "index.docker.io";

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>How many characters were looked at so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether a text is a host with or without a port, as the grammar has them.</summary>
    public static bool IsRegistry(string text) => new ReferenceParser(null).IsHostAndPort(text);

    /// <summary>Reads the whole string.</summary>
    /// <returns>Null, or why it is no reference.</returns>
    public string? Parse(out ReferenceParts parts)
    {
        parts = default;
        if (IsIdentifier())
        {
            return ReferenceErrors.Identifier(_text.ToString());
        }

        var first = FirstComponent();
        var hasDomain = IsDomain(first);
        var written = hasDomain ? _text[(first.Length + 1)..] : _text;
        var domain = hasDomain && !first.SequenceEqual(LegacyDockerHub) ? first : ImageReference.DockerHub;
        var official = domain.SequenceEqual(ImageReference.DockerHub) && !Contains(written, '/');
        if (UppercaseName(written, official) is { } uppercase)
        {
            return uppercase;
        }

        var path = PathLength(written);
        if (path < 0 || !TryTagAndDigest(written[path..], out var tag, out var digest))
        {
            return ReferenceErrors.Format;
        }

        if (!IsHostAndPort(domain))
        {
            return DomainError(domain);
        }

        var prefix = official ? ImageReference.OfficialImages : "";
        if (prefix.Length + path > LongestPath)
        {
            return ReferenceErrors.TooLong;
        }

        if (!digest.IsEmpty && DigestError(digest) is { } error)
        {
            return error;
        }

        var writtenPath = written[..path].ToString();
        parts = new ReferenceParts(
            domain.ToString(), prefix + writtenPath, writtenPath, tag.IsEmpty ? null : tag.ToString(), digest.IsEmpty ? null : digest.ToString());
        return null;
    }

    // An image id without its algorithm would be read as the name of an official image.
    private bool IsIdentifier()
    {
        if (_text.Length != 64)
        {
            return false;
        }

        var length = 0;
        while (length < _text.Length && Look(_text[length]) is (>= '0' and <= '9') or (>= 'a' and <= 'f'))
        {
            length++;
        }

        return length == _text.Length;
    }

    // What is before the first slash; all of a string without one is a name and never a domain.
    private ReadOnlySpan<char> FirstComponent()
    {
        for (var index = 0; index < _text.Length; index++)
        {
            if (Look(_text[index]) == '/')
            {
                return _text[..index];
            }
        }

        return [];
    }

    private bool IsDomain(ReadOnlySpan<char> first)
    {
        if (first.SequenceEqual("localhost"))
        {
            return true;
        }

        foreach (var character in first)
        {
            if (Look(character) is '.' or ':' or (>= 'A' and <= 'Z'))
            {
                return true;
            }
        }

        return false;
    }

    // A capital before the first ":" has an error of its own. Beyond ASCII nothing is accepted anyway.
    private string? UppercaseName(ReadOnlySpan<char> written, bool official)
    {
        var uppercase = false;
        var length = 0;
        for (; length < written.Length && Look(written[length]) != ':'; length++)
        {
            uppercase |= written[length] is >= 'A' and <= 'Z';
        }

        return uppercase ? ReferenceErrors.UppercaseName((official ? ImageReference.OfficialImages : "") + written[..length].ToString()) : null;
    }

    // The length of the path at the start of the text, or -1.
    private int PathLength(ReadOnlySpan<char> written)
    {
        var position = 0;
        while (true)
        {
            var component = ComponentLength(written[position..]);
            if (component == 0)
            {
                return -1;
            }

            position += component;
            if (position == written.Length || Look(written[position]) != '/')
            {
                return position;
            }

            position++;
        }
    }

    // The length of the path component at the start, or 0. Ends before a separator that nothing follows, where the caller then sees no ":", "@" or "/".
    private int ComponentLength(ReadOnlySpan<char> rest)
    {
        var length = 0;
        var position = 0;
        while (true)
        {
            var start = position;
            while (position < rest.Length && Look(rest[position]) is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                position++;
            }

            if (position == start)
            {
                return length;
            }

            length = position;
            position += SeparatorLength(rest[position..]);
            if (position == length)
            {
                return length;
            }
        }
    }

    private int SeparatorLength(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && Look(rest[length]) == '-')
        {
            length++;
        }

        return length > 0 ? length
            : rest.StartsWith("__") ? 2
            : rest.Length > 0 && rest[0] is '.' or '_' ? 1
            : 0;
    }

    private bool TryTagAndDigest(ReadOnlySpan<char> rest, out ReadOnlySpan<char> tag, out ReadOnlySpan<char> digest)
    {
        tag = [];
        digest = [];
        if (rest.Length > 0 && rest[0] == ':')
        {
            tag = rest.Slice(1, TagLength(rest[1..]));
            if (tag.IsEmpty)
            {
                return false;
            }

            rest = rest[(tag.Length + 1)..];
        }

        if (rest.Length > 0 && rest[0] == '@')
        {
            digest = rest[1..];
            return IsDigest(digest);
        }

        return rest.IsEmpty;
    }

    private int TagLength(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length
            && length < LongestTag
            && (char.IsAsciiLetterOrDigit(Look(rest[length])) || rest[length] == '_' || (length > 0 && rest[length] is '.' or '-')))
        {
            length++;
        }

        return length;
    }

    private bool IsDigest(scoped ReadOnlySpan<char> digest)
    {
        // The algorithm's parts, separated by one of "-_+.", begin with a letter.
        var position = 0;
        var first = true;
        while (position < digest.Length && Look(digest[position]) != ':')
        {
            var character = digest[position];
            if (first ? !char.IsAsciiLetter(character) : !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '+' or '.'))
            {
                return false;
            }

            first = !char.IsAsciiLetterOrDigit(character);
            position++;
        }

        if (first || position == digest.Length)
        {
            return false;
        }

        var encoded = digest[(position + 1)..];
        foreach (var character in encoded)
        {
            if (!char.IsAsciiHexDigit(Look(character)))
            {
                return false;
            }
        }

        return encoded.Length >= ShortestDigest;
    }

    // Only what IsDigest accepts comes here.
    private string? DigestError(ReadOnlySpan<char> digest)
    {
        var colon = digest.IndexOf(':');
        var length = digest[..colon] switch
        {
            "sha256" => 64,
            "sha384" => 96,
            "sha512" => 128,
            _ => 0,
        };
        if (length == 0)
        {
            return ContainsCapital(digest[..colon]) ? ReferenceErrors.DigestFormat : ReferenceErrors.DigestAlgorithm;
        }

        return digest.Length - colon - 1 != length ? ReferenceErrors.DigestLength
            : ContainsCapital(digest) ? ReferenceErrors.DigestFormat
            : null;
    }

    // "evil_host.com/x": no host, but a good path component. The grammar then reads all of it as the path of no registry, and container runtimes
    // disagree about the rest. We refuse it.
    private string DomainError(ReadOnlySpan<char> domain)
    {
        if (ComponentLength(domain) == domain.Length)
        {
            return ReferenceErrors.NoRegistry(domain.ToString());
        }

        return ComponentLength(domain.ToString().ToLowerInvariant()) == domain.Length ? ReferenceErrors.Uppercase : ReferenceErrors.Format;
    }

    private bool IsHostAndPort(ReadOnlySpan<char> domain)
    {
        var host = domain.Length > 0 && domain[0] == '[' ? AddressLength(domain) : NameLength(domain);
        if (host == 0 || host == domain.Length)
        {
            return host > 0;
        }

        var port = domain[host..];
        for (var index = 1; index < port.Length; index++)
        {
            if (!char.IsAsciiDigit(Look(port[index])))
            {
                return false;
            }
        }

        return port[0] == ':' && port.Length > 1;
    }

    // "[", at least one hexadecimal digit or ":", "]".
    private int AddressLength(ReadOnlySpan<char> domain)
    {
        var length = 1;
        while (length < domain.Length && (Look(domain[length]) == ':' || char.IsAsciiHexDigit(domain[length])))
        {
            length++;
        }

        return length > 1 && length < domain.Length && domain[length] == ']' ? length + 1 : 0;
    }

    // Names of letters, digits and inner dashes, separated by dots; 0 if there are none or one of them is not a name.
    private int NameLength(ReadOnlySpan<char> domain)
    {
        var position = 0;
        var previous = '.';
        for (; position < domain.Length && Look(domain[position]) != ':'; position++)
        {
            var character = domain[position];
            var starts = previous == '.';
            if (!char.IsAsciiLetterOrDigit(character) && (starts || character is not ('-' or '.') || (character == '.' && previous == '-')))
            {
                return 0;
            }

            previous = character;
        }

        return char.IsAsciiLetterOrDigit(previous) ? position : 0;
    }

    private bool Contains(ReadOnlySpan<char> rest, char wanted)
    {
        foreach (var character in rest)
        {
            if (Look(character) == wanted)
            {
                return true;
            }
        }

        return false;
    }

    private bool ContainsCapital(ReadOnlySpan<char> rest)
    {
        foreach (var character in rest)
        {
            if (char.IsAsciiLetterUpper(Look(character)))
            {
                return true;
            }
        }

        return false;
    }

    private char Look(char character)
    {
        Steps++;
        return character;
    }
}
