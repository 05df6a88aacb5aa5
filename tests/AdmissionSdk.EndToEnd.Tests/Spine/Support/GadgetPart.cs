namespace AdmissionSdk.EndToEnd.Tests.Spine.Support;

/// <summary>A part of a gadget.</summary>
public sealed class GadgetPart
{
    public string? Name { get; set; }

    public int? Size { get; set; }
}
