namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>A kind of object that an installation may have.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Resource">The plural.</param>
/// <param name="IsNamespaced">True if the objects live in the application's namespace.</param>
internal sealed record InstalledKind(string Group, string Version, string Kind, string Resource, bool IsNamespaced)
{
    public string ListPath(string @namespace) =>
        $"{(Group.Length == 0 ? "api" : $"apis/{Group}")}/{Version}/{(IsNamespaced ? $"namespaces/{@namespace}/" : "")}{Resource}";
}
