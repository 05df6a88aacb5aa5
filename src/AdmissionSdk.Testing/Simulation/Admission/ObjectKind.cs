using AdmissionSdk.Testing.Rules.Resources;

namespace AdmissionSdk.Testing.Simulation.Admission;

/// <summary>A kind with its group and version.</summary>
internal readonly record struct ObjectKind(string Group, string Version, string Kind)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public static ObjectKind Of(string apiVersion, string kind)
    {
        var (group, version) = ResourceCatalog.SplitApiVersion(apiVersion);
        return new ObjectKind(group, version, kind);
    }
}
