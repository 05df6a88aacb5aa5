using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdmissionSdk.Patching.Json;

/// <summary>JSON strings as bytes: unescaping, escaping, comparing.</summary>
internal static class JsonText
{
    /// <summary>The string that escaped text (without quotes) stands for.</summary>
    public static string Unescape(ReadOnlySpan<byte> escaped)
    {
        if (!escaped.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(escaped);
        }

        byte[] quoted = [(byte)'"', .. escaped, (byte)'"'];
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>Tells if escaped text (without quotes) stands for <paramref name="value"/>.</summary>
    public static bool Equals(ReadOnlySpan<byte> escaped, string value)
    {
        if (escaped.Contains((byte)'\\'))
        {
            return string.Equals(Unescape(escaped), value, StringComparison.Ordinal);
        }

        if (escaped.Length <= value.Length || Ascii.IsValid(value))
        {
            // Anything but ASCII takes more bytes than chars.
            return Ascii.Equals(escaped, value);
        }

        if (escaped.Length > value.Length * 3)
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[256];
        var bytes = value.Length * 3 <= buffer.Length ? buffer : new byte[value.Length * 3];
        return Encoding.UTF8.TryGetBytes(value, bytes, out var written) && escaped.SequenceEqual(bytes[..written]);
    }

    /// <summary>A quoted JSON string.</summary>
    public static byte[] Quote(string value) => Quote(JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping));

    /// <summary>A member's name as the serializer writes it, so that a member which is added alone is spelled as one that comes with its object.</summary>
    public static byte[] QuoteName(string name) => Quote(JsonEncodedText.Encode(name));

    private static byte[] Quote(JsonEncodedText text) => [(byte)'"', .. text.EncodedUtf8Bytes, (byte)'"'];
}
