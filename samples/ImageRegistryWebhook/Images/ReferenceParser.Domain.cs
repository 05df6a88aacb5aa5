namespace ImageRegistryWebhook.Images;

/// <content>Domains: the host of a registry, with or without a port.</content>
internal ref partial struct ReferenceParser
{
    /// <summary>Tests if a text is a host with or without a port by the grammar.</summary>
    public static bool IsRegistry(string text) => new ReferenceParser(null).IsHostAndPort(text);

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

    // Names of letters, digits and inner dashes, separated by dots; 0 if one of the names is not valid.
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

    // "evil_host.com/x": not a host, but a valid path component. The grammar reads the whole text as a path without a registry, and container runtimes
    // disagree about the rest, so the text is refused.
    private string DomainError(ReadOnlySpan<char> domain)
    {
        if (ComponentLength(domain) == domain.Length)
        {
            return ReferenceErrors.NoRegistry(domain.ToString());
        }

        return ComponentLength(domain.ToString().ToLowerInvariant()) == domain.Length ? ReferenceErrors.Uppercase : ReferenceErrors.Format;
    }
}
