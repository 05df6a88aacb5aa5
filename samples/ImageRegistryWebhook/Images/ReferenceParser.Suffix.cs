namespace ImageRegistryWebhook.Images;

/// <content>Tags and digests.</content>
internal ref partial struct ReferenceParser
{
    private const int LongestTag = 128;
    private const int ShortestDigest = 32;

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

    // Called only for digests that IsDigest accepts.
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
}
