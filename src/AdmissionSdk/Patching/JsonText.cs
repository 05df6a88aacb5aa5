using System.Text;
using System.Text.Json;

namespace AdmissionSdk.Patching;

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

    /// <summary>Whether escaped text (without quotes) stands for <paramref name="value"/>.</summary>
    public static bool Equals(ReadOnlySpan<byte> escaped, string value)
    {
        if (escaped.Contains((byte)'\\'))
        {
            return string.Equals(Unescape(escaped), value, StringComparison.Ordinal);
        }

        // UTF-8 is never shorter than UTF-16 in units, and at most three times as long.
        if (escaped.Length < value.Length || escaped.Length > value.Length * 3)
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[256];
        var bytes = value.Length * 3 <= buffer.Length ? buffer : new byte[value.Length * 3];
        return Encoding.UTF8.TryGetBytes(value, bytes, out var written) && escaped.SequenceEqual(bytes[..written]);
    }

    /// <summary>A quoted JSON string.</summary>
    public static ReadOnlySpan<byte> Quote(string value) =>
        JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping) is var encoded
            ? (byte[])[(byte)'"', .. encoded.EncodedUtf8Bytes, (byte)'"']
            : default;
}
