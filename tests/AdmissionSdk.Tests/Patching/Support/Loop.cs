namespace AdmissionSdk.Tests.Patching;

/// <summary>A class that can hold itself.</summary>
internal sealed class Loop
{
    public Loop? Self { get; set; }
}
