using System.Buffers;
using System.Globalization;
using System.Text;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Syntax;

/// <summary>Turns a literal into its text or bytes. The lexer has seen that its escapes are whole.</summary>
internal static class Unescaper
{
    /// <summary>The value of a literal, or the message that says what is wrong.</summary>
    public static (CelValue? Value, string? Error) Unescape(string literal, bool isBytes)
    {
        literal = literal.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var body = literal.AsSpan(isBytes ? 1 : 0);
        var isRaw = body[0] is 'r' or 'R';
        body = body[(isRaw ? 1 : 0)..];
        var quotes = body.Length >= 6 && body[1] == body[0] && body[2] == body[0] ? 3 : 1;
        body = body[quotes..^quotes];
        if (isRaw || !body.Contains('\\'))
        {
            return (isBytes ? BytesValue.OfText(body.ToString()) : new StringValue(body.ToString()), null);
        }

        return isBytes ? Bytes(body) : Text(body);
    }

    private static (CelValue?, string?) Text(ReadOnlySpan<char> body)
    {
        var text = new StringBuilder(body.Length);
        while (body.Length > 0)
        {
            if (body[0] != '\\')
            {
                text.Append(body[0]);
                body = body[1..];
                continue;
            }

            var (value, length) = Escape(body);
            if (!Rune.TryCreate(value, out var rune))
            {
                return (null, "invalid unicode code point");
            }

            text.Append(rune.ToString());
            body = body[length..];
        }

        return (new StringValue(text.ToString()), null);
    }

    private static (CelValue?, string?) Bytes(ReadOnlySpan<char> body)
    {
        var bytes = new ArrayBufferWriter<byte>(body.Length);
        while (body.Length > 0)
        {
            if (body[0] != '\\')
            {
                var end = body.IndexOf('\\');
                var plain = end < 0 ? body : body[..end];
                Encoding.UTF8.GetBytes(plain, bytes);
                body = body[plain.Length..];
                continue;
            }

            if (body[1] is 'u' or 'U')
            {
                return (null, "unable to unescape string");
            }

            var (value, length) = Escape(body);
            bytes.GetSpan(1)[0] = (byte)value;
            bytes.Advance(1);
            body = body[length..];
        }

        return (new BytesValue(bytes.WrittenMemory), null);
    }

    private static (uint Value, int Length) Escape(ReadOnlySpan<char> escape) => escape[1] switch
    {
        'a' => ('\a', 2),
        'b' => ('\b', 2),
        'f' => ('\f', 2),
        'n' => ('\n', 2),
        'r' => ('\r', 2),
        't' => ('\t', 2),
        'v' => ('\v', 2),
        'x' or 'X' => (Hex(escape.Slice(2, 2)), 4),
        'u' => (Hex(escape.Slice(2, 4)), 6),
        'U' => (Hex(escape.Slice(2, 8)), 10),
        >= '0' and <= '3' => ((uint)(((escape[1] - '0') * 64) + ((escape[2] - '0') * 8) + (escape[3] - '0')), 4),
        var other => (other, 2),
    };

    private static uint Hex(ReadOnlySpan<char> digits) => uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
