using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>Semantic versions.</summary>
internal static class SemverLibrary
{
    private const string Semver = SemverValue.Name;

    public static FunctionLibrary Create() => new FunctionLibrary()
        .Add(CelType.StructOf(Semver))
        .Add("string_to_semver", $"semver(string): {Semver}", static a => SemverValue.Parse(Text(a[0]), normalize: false))
        .Add("string_bool_to_semver", $"semver(string, bool): {Semver}", static a => SemverValue.Parse(Text(a[0]), ((BoolValue)a[1]).Value))
        .Add("is_semver_string", "isSemver(string): bool", static a => BoolValue.Of(SemverValue.Parse(Text(a[0]), normalize: false) is SemverValue))
        .Add("is_semver_string_bool", "isSemver(string, bool): bool", static a => BoolValue.Of(SemverValue.Parse(Text(a[0]), ((BoolValue)a[1]).Value) is SemverValue))
        .Add("semver_is_greater_than", $"({Semver}).isGreaterThan({Semver}): bool", static a => BoolValue.Of(Of(a[0]).CompareTo(Of(a[1])) > 0))
        .Add("semver_is_less_than", $"({Semver}).isLessThan({Semver}): bool", static a => BoolValue.Of(Of(a[0]).CompareTo(Of(a[1])) < 0))
        .Add("semver_compare_to", $"({Semver}).compareTo({Semver}): int", static a => IntValue.Of(Of(a[0]).CompareTo(Of(a[1]))))
        .Add("semver_major", $"({Semver}).major(): int", static a => IntValue.Of((long)Of(a[0]).Major))
        .Add("semver_minor", $"({Semver}).minor(): int", static a => IntValue.Of((long)Of(a[0]).Minor))
        .Add("semver_patch", $"({Semver}).patch(): int", static a => IntValue.Of((long)Of(a[0]).Patch));

    private static string Text(CelValue value) => ((StringValue)value).Value;

    private static SemverValue Of(CelValue value) => (SemverValue)value;
}
