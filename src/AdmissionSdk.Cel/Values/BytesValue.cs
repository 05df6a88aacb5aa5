using System.Text;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

internal sealed class BytesValue(ReadOnlyMemory<byte> value) : CelValue
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public ReadOnlyMemory<byte> Value { get; } = value;

    internal override CelType Type => CelType.Bytes;

    internal override long Size => Value.Length;

    internal override bool IsZero => Value.Length == 0;

    public static BytesValue OfText(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes as text, or null if they are not UTF-8.</summary>
    public string? TryGetText()
    {
        try
        {
            return Strict.GetString(Value.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    internal override bool EqualTo(CelValue other) => other is BytesValue bytes && bytes.Value.Span.SequenceEqual(Value.Span);

    public override string ToString() => Encoding.UTF8.GetString(Value.Span);
}
