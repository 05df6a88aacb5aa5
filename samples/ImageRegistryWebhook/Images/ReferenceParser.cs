namespace ImageRegistryWebhook.Images;

/// <summary>
/// Parses the grammar of distribution/reference from left to right without backtracking: each character is looked at a fixed number of times, only ASCII
/// is accepted, and nothing depends on the culture.
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
/// The text before the first "/" is a domain only if the text contains "." or ":" or a capital, or is <c>localhost</c>; else the domain is Docker Hub.
/// </remarks>
internal ref partial struct ReferenceParser(string? text)
{
    private const int LongestPath = 255;
    private const string LegacyDockerHub = "index.docker.io";

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>The number of character reads so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Reads the whole string.</summary>
    /// <param name="parts">The parts; default after an error.</param>
    /// <returns>Null, or the reason that the string is not a reference.</returns>
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

    // The text before the first slash. A string without a slash is a name and never a domain.
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
