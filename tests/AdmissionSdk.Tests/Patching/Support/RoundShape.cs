namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>One of the derived classes.</summary>
internal sealed class RoundShape : Shape
{
    public List<DrawingPart>? Parts { get; set; }
}
