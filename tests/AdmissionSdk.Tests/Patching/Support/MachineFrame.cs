namespace AdmissionSdk.Tests.Patching.Models;

/// <summary>An object that its owner makes, and that makes another.</summary>
internal sealed class MachineFrame
{
    public MachinePart Inner { get; set; } = new();
}
