using AdmissionSdk.Testing.Simulation.Resources;

namespace AdmissionSdk.Testing.Simulation.Matching;

/// <summary>A kind with its group and version.</summary>
internal readonly record struct GroupVersionKind(string Group, string Version, string Kind)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public static GroupVersionKind Of(string apiVersion, string kind)
    {
        var (group, version) = ResourceCatalog.SplitApiVersion(apiVersion);
        return new GroupVersionKind(group, version, kind);
    }
}
