using System.Text.Json.Nodes;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>A file of objects that belong together.</summary>
internal sealed record ManifestFile(string Name, IReadOnlyList<JsonObject> Objects)
{
    /// <summary>Lines for people, written as comments at the top.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];
}
