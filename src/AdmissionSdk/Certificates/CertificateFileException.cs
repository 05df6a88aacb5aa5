namespace AdmissionSdk.Certificates;

/// <summary>A certificate or key in PEM that cannot be used, with a reason that blames the right text of the two.</summary>
internal sealed class CertificateFileException(bool isKey, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>True if the key is to blame; false for the certificate.</summary>
    public bool IsKey => isKey;
}
