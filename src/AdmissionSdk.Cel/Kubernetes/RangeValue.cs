using System.Globalization;
using AdmissionSdk.Cel.Library;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>A range of addresses: one of them, and how many of its bits they have in common.</summary>
internal sealed class RangeValue(AddressValue address, int prefix) : KubernetesValue(RangeType)
{
    public static readonly CelType RangeType = CelType.OpaqueOf("net.CIDR");

    public AddressValue Address { get; } = address;

    public int Prefix { get; } = prefix;

    internal override long Size => (Prefix + 7) / 8;

    /// <summary>The range of a text, or the error that Kubernetes has for it.</summary>
    public static CelValue Parse(string text)
    {
        var quoted = StringLibrary.Quote(text);
        var slash = text.LastIndexOf('/');
        if (slash < 0)
        {
            return Failed($"netip.ParsePrefix({quoted}): no '/'");
        }

        if (AddressValue.Read(text[..slash]) is not { } read)
        {
            return Failed($"netip.ParsePrefix({quoted}): ParseAddr({StringLibrary.Quote(text[..slash])}): unable to parse IP");
        }

        var digits = text[(slash + 1)..];
        var bits = read.GetAddressBytes().Length * 8;
        if (digits.Length is 0 or > 3 || !digits.All(char.IsAsciiDigit) || (digits.Length > 1 && digits[0] == '0'))
        {
            return Failed($"netip.ParsePrefix({quoted}): bad bits after slash: {StringLibrary.Quote(digits)}");
        }

        var prefix = int.Parse(digits, CultureInfo.InvariantCulture);
        if (prefix > bits)
        {
            return Failed($"netip.ParsePrefix({quoted}): prefix length out of range");
        }

        return read.IsIPv4MappedToIPv6
            ? new ErrorValue($"network address parse error during conversion from string: IPv4-mapped IPv6 address {quoted} is not allowed")
            : new RangeValue(AddressValue.Of(read.GetAddressBytes()), prefix);

        static ErrorValue Failed(string problem) =>
            new($"network address parse error during conversion from string: network address parse error during conversion from string: {problem}");
    }

    public bool Contains(AddressValue other) => other.Bits == Address.Bits && Mask(other.Bytes).AsSpan().SequenceEqual(Mask(Address.Bytes));

    public RangeValue Masked() => new(AddressValue.Of(Mask(Address.Bytes)), Prefix);

    internal override bool EqualTo(CelValue other) => other is RangeValue range && range.Prefix == Prefix && range.Address.EqualTo(Address);

    public override string ToString() => $"{Address}/{Prefix}";

    private byte[] Mask(byte[] bytes) => [.. bytes.Select((part, index) => (byte)(part & (0xFF00 >> Math.Clamp(Prefix - (index * 8), 0, 8))))];
}
