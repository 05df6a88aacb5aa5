using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Costs;

/// <summary>The sizes of what a list or map holds.</summary>
internal sealed record EntrySizes(CelKind Kind, SizeRange Key, SizeRange Value)
{
    public static EntrySizes? Union(EntrySizes? left, EntrySizes? right) =>
        left is null || right is null ? null : new EntrySizes(left.Kind, left.Key.Union(right.Key), left.Value.Union(right.Value));
}
