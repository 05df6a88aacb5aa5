using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Observability;

/// <content>Events 5xx: certificates and callers.</content>
internal static partial class Log
{
    [LoggerMessage(500, LogLevel.Information, "Serving certificate {Path}: serial {Serial}, valid from {NotBefore:u} to {NotAfter:u}, {Intermediates} intermediates", EventName = "CertificateLoaded")]
    public static partial void CertificateLoaded(this ILogger logger, string path, string serial, DateTime notBefore, DateTime notAfter, int intermediates);

    [LoggerMessage(501, LogLevel.Error, "The new certificate {Path} is not used, the previous one stays: {Reason}", EventName = "CertificateRejected")]
    public static partial void CertificateRejected(this ILogger logger, Exception? exception, string path, string reason);

    [LoggerMessage(502, LogLevel.Error, "Cannot load a serving certificate from {Path}, and no review can be answered: {Reason}", EventName = "CertificateMissing")]
    public static partial void CertificateMissing(this ILogger logger, Exception? exception, string path, string reason);

    [LoggerMessage(503, LogLevel.Information, "Serving a development certificate for localhost ({Location})", EventName = "DevelopmentCertificate")]
    public static partial void DevelopmentCertificate(this ILogger logger, string location);

    [LoggerMessage(504, LogLevel.Warning, "Serving a development certificate in environment {Environment}: set AdmissionWebhooks:Tls:CertificatePath to the mounted secret's tls.crt", EventName = "DevelopmentCertificateElsewhere")]
    public static partial void DevelopmentCertificateElsewhere(this ILogger logger, string environment);

    [LoggerMessage(505, LogLevel.Debug, "Cannot watch {Directory}; the files in it are polled", EventName = "CertificateNotWatched")]
    public static partial void CertificateNotWatched(this ILogger logger, Exception exception, string directory);

    [LoggerMessage(506, LogLevel.Information, "Callers of webhooks must show a client certificate signed by {Path}", EventName = "ClientAuthorityLoaded")]
    public static partial void ClientAuthorityLoaded(this ILogger logger, string path);

    [LoggerMessage(507, LogLevel.Error, "The new authorities of client certificates in {Path} are not used, the previous ones stay: {Reason}", EventName = "ClientAuthorityRejected")]
    public static partial void ClientAuthorityRejected(this ILogger logger, Exception exception, string path, string reason);

    [LoggerMessage(508, LogLevel.Error, "Cannot load the authorities of client certificates from {Path}, and no review is answered: {Reason}", EventName = "ClientAuthorityMissing")]
    public static partial void ClientAuthorityMissing(this ILogger logger, Exception exception, string path, string reason);

    [LoggerMessage(509, LogLevel.Debug, "The development certificate cannot be kept in {Path}, so the next start makes another", EventName = "DevelopmentCertificateNotKept")]
    public static partial void DevelopmentCertificateNotKept(this ILogger logger, Exception exception, string path);

    [LoggerMessage(510, LogLevel.Information, "Serving the managed certificate {Serial}, valid from {NotBefore:u} to {NotAfter:u}, signed by {Issuer}", EventName = "ManagedCertificateServed")]
    public static partial void ManagedCertificateServed(this ILogger logger, string serial, DateTime notBefore, DateTime notAfter, string issuer);

    [LoggerMessage(511, LogLevel.Information, "Managed certificates: {Step}; the certificate is {Serial} until {NotAfter:u}, the CA {CaSerial} until {CaNotAfter:u}, the next CA {NextCaSerial}", EventName = "ManagedCertificatesChanged")]
    public static partial void ManagedCertificatesChanged(
        this ILogger logger, string step, string serial, DateTime notAfter, string caSerial, DateTime caNotAfter, string nextCaSerial);

    [LoggerMessage(512, LogLevel.Error, "Managed certificates: {Problem}. The certificate that is served ends {NotAfter:u}", EventName = "ManagedCertificateProblem")]
    public static partial void ManagedCertificateProblem(this ILogger logger, string problem, DateTimeOffset? notAfter);

    [LoggerMessage(513, LogLevel.Warning, "The Secret of managed certificates was damaged ({Reason}), and was written anew", EventName = "ManagedSecretDamaged")]
    public static partial void ManagedSecretDamaged(this ILogger logger, string reason);

    [LoggerMessage(514, LogLevel.Information, "{Configuration} trusts the CA of managed certificates", EventName = "CaBundleInjected")]
    public static partial void CaBundleInjected(this ILogger logger, string configuration);

    [LoggerMessage(515, LogLevel.Warning, "The CA bundle of {Configuration} was overwritten by {Managers}, and was put back", EventName = "CaBundleRepaired")]
    public static partial void CaBundleRepaired(this ILogger logger, string configuration, string managers);

    [LoggerMessage(516, LogLevel.Error, "Managed certificates: a look at the cluster failed; the next follows", EventName = "ManagedCertificatesFailed")]
    public static partial void ManagedCertificatesFailed(this ILogger logger, Exception exception);
}
