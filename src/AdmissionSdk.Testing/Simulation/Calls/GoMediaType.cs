namespace AdmissionSdk.Testing.Simulation.Calls;

/// <summary>Reads a Content-Type as Go's mime package does, which is the API server's first step with a response (contract 9.3).</summary>
internal static class GoMediaType
{
    private const string Separators = "()<>@,;:\\\"/[]?=";

    /// <summary>Gets the media type in lower case. Returns the error's text, or null without an error.</summary>
    public static string? TryParse(string text, out string mediaType)
    {
        var end = text.IndexOf(';', StringComparison.Ordinal);
        mediaType = (end < 0 ? text : text[..end]).Trim().ToLowerInvariant();
        return CheckType(mediaType) ?? CheckParameters(end < 0 ? "" : text[end..]);
    }

    private static string? CheckType(string mediaType)
    {
        var rest = mediaType[Token(mediaType)..];
        if (rest.Length == mediaType.Length)
        {
            return "mime: no media type";
        }

        // A type without a subtype is valid.
        if (rest.Length == 0)
        {
            return null;
        }

        if (rest[0] != '/')
        {
            return "mime: expected slash after first token";
        }

        var length = Token(rest[1..]);
        return length == 0 ? "mime: expected token after slash" : length + 1 < rest.Length ? "mime: unexpected content after media subtype" : null;
    }

    private static string? CheckParameters(string rest)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        for (rest = rest.TrimStart(); rest.Length > 0; rest = rest.TrimStart())
        {
            if (Parameter(rest) is not var (name, value, next))
            {
                return rest.Trim() == ";" ? null : "mime: invalid media parameter";
            }

            if (!seen.TryAdd(name, value) && seen[name] != value)
            {
                return "mime: duplicate parameter name";
            }

            rest = next;
        }

        return null;
    }

    private static (string Name, string Value, string After)? Parameter(string text)
    {
        if (text[0] != ';')
        {
            return null;
        }

        var rest = text[1..].TrimStart();
        var name = rest[..Token(rest)].ToLowerInvariant();
        rest = rest[name.Length..].TrimStart();
        if (name.Length == 0 || !rest.StartsWith('='))
        {
            return null;
        }

        rest = rest[1..].TrimStart();
        var length = rest.StartsWith('"') ? Quoted(rest) : Token(rest);
        return length == 0 ? null : (name, rest[..length], rest[length..]);
    }

    private static int Token(string text)
    {
        var length = 0;
        while (length < text.Length && text[length] is > ' ' and < '\u007f' && !Separators.Contains(text[length], StringComparison.Ordinal))
        {
            length++;
        }

        return length;
    }

    // The length includes both quotation marks, and is 0 if the second is missing.
    private static int Quoted(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"': return i + 1;
                case '\\': i++; break;
                case '\r' or '\n': return 0;
            }
        }

        return 0;
    }
}
