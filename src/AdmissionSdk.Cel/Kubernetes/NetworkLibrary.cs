using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>Addresses and ranges of addresses.</summary>
internal static class NetworkLibrary
{
    public static FunctionLibrary Addresses() => new FunctionLibrary()
        .Add(AddressValue.AddressType)
        .Add("string_to_ip", "ip(string): net.IP", static a => AddressValue.Parse(Text(a[0])))
        .Add("ip_family", "(net.IP).family(): int", static a => IntValue.Of(Address(a[0]).Bits == 32 ? 4 : 6))
        .Add("ip_is_canonical", "ip.isCanonical(string): bool", static a => AddressValue.Parse(Text(a[0])) is var parsed && parsed is AddressValue address ? BoolValue.Of(address.ToString() == Text(a[0])) : parsed)
        .Add("ip_is_unspecified", "(net.IP).isUnspecified(): bool", static a => BoolValue.Of(Address(a[0]).IsUnspecified))
        .Add("ip_is_loopback", "(net.IP).isLoopback(): bool", static a => BoolValue.Of(Address(a[0]).IsLoopback))
        .Add("ip_is_link_local_multicast", "(net.IP).isLinkLocalMulticast(): bool", static a => BoolValue.Of(Address(a[0]).IsLinkLocalMulticast))
        .Add("ip_is_link_local_unicast", "(net.IP).isLinkLocalUnicast(): bool", static a => BoolValue.Of(Address(a[0]).IsLinkLocalUnicast))
        .Add("ip_is_global_unicast", "(net.IP).isGlobalUnicast(): bool", static a => BoolValue.Of(Address(a[0]).IsGlobalUnicast))
        .Add("is_ip", "isIP(string): bool", static a => BoolValue.Of(AddressValue.Parse(Text(a[0])) is AddressValue))
        .Add("ip_to_string", "string(net.IP): string", static a => new StringValue(a[0].ToString()));

    public static FunctionLibrary Ranges() => new FunctionLibrary()
        .Add(RangeValue.RangeType)
        .Add("string_to_cidr", "cidr(string): net.CIDR", static a => RangeValue.Parse(Text(a[0])))
        .Add("cidr_contains_ip_string", "(net.CIDR).containsIP(string): bool", static a => Contains(a[0], AddressValue.Parse(Text(a[1]))))
        .Add("cidr_contains_ip_ip", "(net.CIDR).containsIP(net.IP): bool", static a => Contains(a[0], a[1]))
        .Add("cidr_contains_cidr_string", "(net.CIDR).containsCIDR(string): bool", static a => ContainsRange(a[0], RangeValue.Parse(Text(a[1]))))
        .Add("cidr_contains_cidr", "(net.CIDR).containsCIDR(net.CIDR): bool", static a => ContainsRange(a[0], a[1]))
        .Add("cidr_ip", "(net.CIDR).ip(): net.IP", static a => Range(a[0]).Address)
        .Add("cidr_prefix_length", "(net.CIDR).prefixLength(): int", static a => IntValue.Of(Range(a[0]).Prefix))
        .Add("cidr_masked", "(net.CIDR).masked(): net.CIDR", static a => Range(a[0]).Masked())
        .Add("is_cidr", "isCIDR(string): bool", static a => BoolValue.Of(RangeValue.Parse(Text(a[0])) is RangeValue))
        .Add("cidr_to_string", "string(net.CIDR): string", static a => new StringValue(a[0].ToString()));

    private static string Text(CelValue value) => ((StringValue)value).Value;

    private static AddressValue Address(CelValue value) => (AddressValue)value;

    private static RangeValue Range(CelValue value) => (RangeValue)value;

    // An address that is none is an overload that is not there, for Kubernetes.
    private static CelValue Contains(CelValue range, CelValue address) =>
        address is AddressValue found ? BoolValue.Of(Range(range).Contains(found)) : ErrorValue.NoSuchOverload;

    private static CelValue ContainsRange(CelValue range, CelValue other) => other is RangeValue found
        ? BoolValue.Of(found.Prefix >= Range(range).Prefix && Range(range).Contains(found.Address))
        : other;
}
