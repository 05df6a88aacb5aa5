namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>An element of a list in a derived class.</summary>
internal sealed class DrawingPart
{
    public string? Name { get; set; }
}
