namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>An object that its owner makes, and that makes another.</summary>
internal sealed class MachineFrame
{
    public MachinePart Inner { get; set; } = new();
}
