namespace AdmissionSdk.Cel.Values;

/// <summary>The operator <c>==</c>, which fails for some pairs.</summary>
internal static class Equality
{
    public static CelValue Of(CelValue left, CelValue right) => left is KubernetesValue && right is not NullValue && (left.TypeName != right.TypeName || right is KubernetesValue { IsComputed: true })
        ? ErrorValue.NoSuchOverload
        : BoolValue.Of(left.EqualTo(right));
}
