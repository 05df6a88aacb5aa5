namespace AdmissionSdk.ManagedCertificates;

/// <summary>A change of the Secret, a value of the tag <c>admission.step</c>.</summary>
internal enum RotationStep
{
    /// <summary>Nothing is due.</summary>
    None,

    /// <summary>The first CA and certificate were made.</summary>
    Created,

    /// <summary>The Secret was empty or damaged, and got back what this replica knew.</summary>
    Restored,

    /// <summary>The serving certificate was replaced under the same CA.</summary>
    CertificateRenewed,

    /// <summary>The next CA was made, to be trusted before it signs.</summary>
    CaMade,

    /// <summary>The next CA signs from now on, and the previous is still trusted.</summary>
    CaSwitched,

    /// <summary>The last certificate of an old CA has ended, so the CA is not trusted any more.</summary>
    CaDropped,
}
