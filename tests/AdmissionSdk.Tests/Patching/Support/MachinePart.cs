namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A part, of which nothing is nullable.</summary>
internal sealed class MachinePart
{
    public int Level { get; set; }

    public int Size { get; set; }
}
