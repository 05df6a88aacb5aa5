namespace AdmissionSdk.EndToEnd.Tests.Spine;

/// <summary>What a gadget is to be.</summary>
public sealed class GadgetSpec
{
    public string? Color { get; set; }

    public IList<GadgetPart>? Parts { get; set; }
}
