using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AdmissionSdk.Cel.Library;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>An address of IPv4 or IPv6.</summary>
internal sealed class AddressValue : KubernetesValue
{
    public static readonly CelType AddressType = CelType.OpaqueOf("net.IP");

    private AddressValue(IPAddress address)
        : base(AddressType) => Bytes = address.GetAddressBytes();

    public byte[] Bytes { get; }

    public int Bits => Bytes.Length * 8;

    internal override long Size => Bytes.Length;

    private bool IsV4 => Bytes.Length == 4;

    public bool IsUnspecified => Bytes.All(part => part == 0);

    public bool IsLoopback => IsV4 ? Bytes[0] == 127 : Bytes[..15].All(part => part == 0) && Bytes[15] == 1;

    public bool IsLinkLocalMulticast => IsV4 ? Bytes is [224, 0, 0, _] : Bytes[0] == 0xFF && (Bytes[1] & 0x0F) == 2;

    public bool IsLinkLocalUnicast => IsV4 ? Bytes is [169, 254, ..] : Bytes[0] == 0xFE && (Bytes[1] & 0xC0) == 0x80;

    public bool IsGlobalUnicast => !IsUnspecified && !IsLoopback && !IsLinkLocalUnicast && !(IsV4 ? (Bytes[0] & 0xF0) == 0xE0 || Bytes.All(part => part == 255) : Bytes[0] == 0xFF);

    public static AddressValue Of(byte[] bytes) => new(new IPAddress(bytes));

    /// <summary>The address of a text, or the error that Kubernetes has for it.</summary>
    public static CelValue Parse(string text)
    {
        var quoted = StringLibrary.Quote(text);
        if (text.Contains('%', StringComparison.Ordinal))
        {
            return new ErrorValue($"IP address {quoted} with zone value is not allowed");
        }

        if (Read(text) is not { } address)
        {
            return new ErrorValue($"IP Address {quoted} parse error during conversion from string: ParseAddr({quoted}): {Problem(text)}");
        }

        return address.IsIPv4MappedToIPv6 ? new ErrorValue($"IPv4-mapped IPv6 address {quoted} is not allowed") : new AddressValue(address);
    }

    /// <summary>The address of a text by Go's rules: four decimal numbers without leading zeros, or IPv6 without brackets.</summary>
    public static IPAddress? Read(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            var parts = text.Split('.');
            return parts.Length == 4 && parts.All(part => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0') && int.Parse(part, CultureInfo.InvariantCulture) <= 255)
                ? new IPAddress([.. parts.Select(part => byte.Parse(part, CultureInfo.InvariantCulture))])
                : null;
        }

        if (!text.All(unit => char.IsAsciiHexDigit(unit) || unit is ':' or '.') || text.Split(':').Any(part => part.Length > 4 && !part.Contains('.', StringComparison.Ordinal)))
        {
            return null;
        }

        var dotted = text[(text.LastIndexOf(':') + 1)..];
        return (!dotted.Contains('.', StringComparison.Ordinal) || Read(dotted) is not null) && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? address : null;
    }

    internal override bool EqualTo(CelValue other) => other is AddressValue address && address.Bytes.AsSpan().SequenceEqual(Bytes);

    public override string ToString() => new IPAddress(Bytes).ToString();

    private static string Problem(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal) || !text.Contains('.', StringComparison.Ordinal))
        {
            return text.Contains(':', StringComparison.Ordinal) ? "invalid IPv6 address" : "unable to parse IP";
        }

        var parts = text.Split('.');
        return parts.Any(part => part.Any(unit => !char.IsAsciiDigit(unit))) ? "unexpected character"
            : parts.Any(part => part.Length == 0) ? "IPv4 field must have at least one digit"
            : parts.Any(part => part.Length > 1 && part[0] == '0') ? "IPv4 field has octet with leading zero"
            : parts.Any(part => part.Length > 3 || int.Parse(part, CultureInfo.InvariantCulture) > 255) ? "IPv4 field has value >255"
            : parts.Length < 4 ? "IPv4 address too short" : "IPv4 address too long";
    }
}
