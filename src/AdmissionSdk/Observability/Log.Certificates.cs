using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Observability;

/// <content>Events 5xx: certificates and callers.</content>
internal static partial class Log
{
    [LoggerMessage(500, LogLevel.Information, "Serving certificate {Path}: thumbprint {Thumbprint}, expires {NotAfter}, {Intermediates} intermediates", EventName = "CertificateLoaded")]
    public static partial void CertificateLoaded(this ILogger logger, string path, string thumbprint, DateTimeOffset notAfter, int intermediates);

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
}
