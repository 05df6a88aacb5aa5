namespace ImageRegistryWebhook.Images;

/// <content>Paths: components with slashes between.</content>
internal ref partial struct ReferenceParser
{
    // A capital before the first ":" has an error of its own. Only ASCII matters, since no other character is accepted.
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

    // The length of the path component at the start, or 0. A separator that nothing follows is left, and the caller then finds no ":", "@" or "/".
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
}
