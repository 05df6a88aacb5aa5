using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AdmissionSdk.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Certificates;

/// <summary>Loads the certificate into <see cref="ServingCertificate"/>. A bad file is reported once, and the last good certificate stays.</summary>
internal sealed class CertificateLoader(
    ServingCertificate serving,
    AdmissionMetrics metrics,
    IOptions<AdmissionTlsOptions> options,
    TimeProvider time,
    IHostEnvironment environment,
    ILogger<CertificateLoader> logger)
{
    private readonly Lock _lock = new();
    private CertificateFiles? _loaded;
    private string? _reported;

    /// <summary>Loads the certificate if the files changed. Safe to call at any time, from any thread; never throws for the content of the files.</summary>
    public void Load()
    {
        lock (_lock)
        {
            if (options.Value.EffectiveMode == CertificateMode.Files)
            {
                LoadFiles(options.Value.CertificatePath!, KeyPath(options.Value));
            }
            else if (options.Value.EffectiveMode == CertificateMode.Development && serving.Context is null)
            {
                ShowDevelopmentCertificate();
            }
        }
    }

    internal static string KeyPath(AdmissionTlsOptions options) =>
        options.KeyPath ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.CertificatePath!))!, "tls.key");

    private void LoadFiles(string certificatePath, string keyPath)
    {
        try
        {
            var files = CertificateFiles.Read(certificatePath, keyPath);
            if (files == _loaded)
            {
                return;
            }

            var (leaf, intermediates) = files.Parse();
            if (serving.IsUsable && FindProblem(leaf) is { } problem)
            {
                Report(certificatePath, problem, exception: null);
                return;
            }

            serving.Show(leaf, intermediates);
            (_loaded, _reported) = (files, null);
            metrics.CertificateReloaded(MetricTags.Ok);
            logger.CertificateLoaded(certificatePath, leaf.SerialNumber, leaf.NotBefore.ToUniversalTime(), leaf.NotAfter.ToUniversalTime(), intermediates.Count);
        }
        catch (CertificateFileException exception)
        {
            Report(exception.IsKey ? keyPath : certificatePath, exception.Message, exception.InnerException);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Report(certificatePath, exception.Message, exception);
        }
    }

    private string? FindProblem(X509Certificate2 leaf)
    {
        var now = time.GetUtcNow();
        if (now >= leaf.NotAfter.ToUniversalTime())
        {
            return $"the certificate expired at {leaf.NotAfter.ToUniversalTime():u}";
        }

        return now < leaf.NotBefore.ToUniversalTime() ? $"the certificate is not valid before {leaf.NotBefore.ToUniversalTime():u}" : null;
    }

    private void Report(string path, string problem, Exception? exception)
    {
        if (_reported == problem)
        {
            return;
        }

        _reported = problem;
        metrics.CertificateReloaded(MetricTags.Failed);
        if (serving.Context is null)
        {
            logger.CertificateMissing(exception, path, problem);
        }
        else
        {
            logger.CertificateRejected(exception, path, problem);
        }
    }

    private void ShowDevelopmentCertificate()
    {
        var settings = options.Value;
        var kept = settings.DevelopmentStore is { } directory ? DevelopmentCertificateFile.PathOf(directory, environment.ApplicationName) : null;
        var certificate = kept is null ? null : DevelopmentCertificateFile.Read(kept, settings.DevelopmentHostNames, time.GetUtcNow());
        if (certificate is null)
        {
            certificate = DevelopmentCertificate.Create(settings.DevelopmentHostNames, time.GetUtcNow());
            kept = TryKeep(kept, certificate);
        }

        serving.Show(certificate, []);
        if (settings.DevelopmentCertificatePath is { } path)
        {
            File.WriteAllText(path, serving.Pem);
        }

        if (environment.IsDevelopment())
        {
            logger.DevelopmentCertificate(settings.DevelopmentCertificatePath ?? kept ?? "memory only");
        }
        else
        {
            logger.DevelopmentCertificateElsewhere(environment.EnvironmentName);
        }
    }

    private string? TryKeep(string? path, X509Certificate2 certificate)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            DevelopmentCertificateFile.Write(path, certificate);
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.DevelopmentCertificateNotKept(exception, path);
            return null;
        }
    }
}
