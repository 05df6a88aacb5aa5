namespace AdmissionSdk.Tests.Serialization.Support;

/// <summary>A part of a user's class.</summary>
internal struct SpecimenPart
{
    public int Weight { get; set; }
}
