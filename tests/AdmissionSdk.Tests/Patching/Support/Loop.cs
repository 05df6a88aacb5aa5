namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A class that can hold itself.</summary>
internal sealed class Loop
{
    public Loop? Self { get; set; }
}
