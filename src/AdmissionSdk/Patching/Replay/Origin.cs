using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>The node that a value of the edited view was, in the view before the edit and in the raw document. Either may be absent.</summary>
internal readonly record struct Origin(int Before, int Raw)
{
    public static Origin New { get; } = new(JsonTree.None, JsonTree.None);

    public bool IsNew => Before == JsonTree.None && Raw == JsonTree.None;
}
