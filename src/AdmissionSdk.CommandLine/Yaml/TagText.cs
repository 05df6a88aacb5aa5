using System.Globalization;
using System.Text;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Reads tags and anchors.</summary>
internal static class TagText
{
    /// <summary>Reads the tag at a place, such as <c>!!str</c>, <c>!local</c> or <c>!&lt;tag:yaml.org,2002:str&gt;</c>.</summary>
    /// <returns>The handle, which is empty for a whole tag, and the rest.</returns>
    public static (string Handle, string Suffix) Read(YamlCursor cursor)
    {
        var (handle, suffix) = cursor.Peek(1) == '<' ? ("", ReadVerbatim(cursor)) : ReadShort(cursor);
        return cursor.IsBlankOrEnd ? (handle, suffix) : throw cursor.Refuse("a tag ends at a space; put one behind the tag");
    }

    /// <summary>Reads the name of an anchor or alias.</summary>
    public static string ReadName(YamlCursor cursor)
    {
        cursor.Skip();
        var name = ReadWord(cursor);
        return name.Length > 0 && (cursor.IsBlankOrEnd || cursor.Current is '?' or ':' or ',' or ']' or '}' or '%' or '@' or '`') ? name
            : throw cursor.Refuse("the name of an anchor has letters, digits, - and _ only");
    }

    /// <summary>Reads the handle of a tag: <c>!</c>, <c>!!</c> or <c>!name!</c>, or the beginning of a local tag.</summary>
    public static string ReadHandle(YamlCursor cursor)
    {
        if (cursor.Current != '!')
        {
            throw cursor.Refuse("a tag begins with !");
        }

        cursor.Skip();
        var name = ReadWord(cursor);
        if (cursor.Current != '!')
        {
            return "!" + name;
        }

        cursor.Skip();
        return $"!{name}!";
    }

    /// <summary>Reads the characters of a URI.</summary>
    public static string ReadUri(YamlCursor cursor)
    {
        var bytes = new List<byte>();
        while (IsUri(cursor.Current))
        {
            bytes.Add(cursor.Current == '%' ? ReadOctet(cursor) : (byte)cursor.Current);
            cursor.Skip();
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            throw cursor.Refuse("the escaped bytes of a tag are not UTF-8");
        }
    }

    private static string ReadVerbatim(YamlCursor cursor)
    {
        cursor.Skip(2);
        var uri = ReadUri(cursor);
        if (uri.Length == 0 || cursor.Current != '>')
        {
            throw cursor.Refuse("a tag in <> is a URI and ends in >");
        }

        cursor.Skip();
        return uri;
    }

    private static (string Handle, string Suffix) ReadShort(YamlCursor cursor)
    {
        var handle = ReadHandle(cursor);
        var suffix = ReadUri(cursor);
        if (handle.Length > 1 && handle[^1] == '!')
        {
            return suffix.Length > 0 ? (handle, suffix) : throw cursor.Refuse($"the tag {handle} has no name");
        }

        // A tag of one "!" has no handle.
        suffix = handle[1..] + suffix;
        return suffix.Length > 0 ? ("!", suffix) : ("", "!");
    }

    private static string ReadWord(YamlCursor cursor)
    {
        var start = cursor.Index;
        while (char.IsAsciiLetterOrDigit(cursor.Current) || cursor.Current is '_' or '-')
        {
            cursor.Skip();
        }

        return cursor.TextFrom(start).ToString();
    }

    private static bool IsUri(char character) =>
        char.IsAsciiLetterOrDigit(character) || (character != YamlCursor.End && "_-;/?:@&=+$,.!~*'()[]%".Contains(character, StringComparison.Ordinal));

    // Leaves the cursor on the last digit.
    private static byte ReadOctet(YamlCursor cursor)
    {
        ReadOnlySpan<char> digits = [cursor.Peek(1), cursor.Peek(2)];
        if (!char.IsAsciiHexDigit(digits[0]) || !char.IsAsciiHexDigit(digits[1]))
        {
            throw cursor.Refuse("a % in a tag is followed by two hexadecimal digits");
        }

        cursor.Skip(2);
        return byte.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
