using System.Text.Json.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A user's class that makes what the document lacks.</summary>
internal sealed class Machine
{
    public MachinePart Plain { get; set; } = new();

    public MachinePart Tuned { get; set; } = new() { Level = 5 };

    public MachineFrame Frame { get; set; } = new();

    /// <summary>Never null, whatever is read.</summary>
    public MachinePart Kept { get; set => field = value ?? new(); } = new();

    public List<MachinePart> Spares { get; set; } = [new() { Level = 7 }];

    [JsonConverter(typeof(SwitchConverter))]
    public Switch? Left { get; set; }

    [JsonConverter(typeof(SwitchConverter))]
    public Switch? Right { get; set; }

    public MachineName? Name { get; set; }
}
