namespace AdmissionSdk.ManagedCertificates;

/// <summary>The values of the tag <c>admission.step</c>.</summary>
internal static class RotationTags
{
    public const string Failed = "failed";

    public static string For(RotationStep step) => step switch
    {
        RotationStep.Created => "created",
        RotationStep.Restored => "restored",
        RotationStep.CertificateRenewed => "certificate_renewed",
        RotationStep.CaMade => "ca_made",
        RotationStep.CaSwitched => "ca_switched",
        RotationStep.CaDropped => "ca_dropped",
        _ => "none",
    };
}
