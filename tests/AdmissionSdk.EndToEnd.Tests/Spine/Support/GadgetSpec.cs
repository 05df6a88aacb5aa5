namespace AdmissionSdk.EndToEnd.Tests.Spine.Support;

/// <summary>The desired state of a gadget.</summary>
public sealed class GadgetSpec
{
    public string? Color { get; set; }

    public IList<GadgetPart>? Parts { get; set; }
}
