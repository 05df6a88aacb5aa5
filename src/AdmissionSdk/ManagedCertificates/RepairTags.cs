namespace AdmissionSdk.ManagedCertificates;

/// <summary>The values of the tags of repairs: the part that was repaired, and the result.</summary>
internal static class RepairTags
{
    public const string CaBundle = "ca_bundle";
    public const string Registration = "registration";
    public const string Repaired = "repaired";
    public const string Failed = "failed";
    public const string GivenUp = "given_up";
}
