using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>Where a value of the edited view came from: its node in the view as it was, and in the raw document. Either may be absent.</summary>
internal readonly record struct Origin(int Before, int Raw)
{
    public static Origin New { get; } = new(JsonTree.None, JsonTree.None);

    public bool IsNew => Before == JsonTree.None && Raw == JsonTree.None;
}
