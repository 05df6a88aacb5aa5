using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Certificates;

/// <summary>
/// Loads the certificate and the authorities of clients before the server starts, and again when the files change. Directories are watched, because a
/// mounted secret changes by the swap of a symbolic link; files are polled too, because not every file system reports changes.
/// </summary>
internal sealed class CertificateWatcher(
    CertificateLoader loader,
    ClientAuthorityLoader clientLoader,
    ServingCertificate serving,
    AdmissionMetrics metrics,
    IServer server,
    TlsStartCheck check,
    IOptions<AdmissionTlsOptions> options,
    TimeProvider time,
    ILogger<CertificateWatcher> logger)
    : IHostedService, IDisposable
{
    /// <summary>The wait after a change, for the second of two files that belong together.</summary>
    internal static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    private readonly List<FileSystemWatcher> _watchers = [];
    private ITimer? _poll;
    private ITimer? _settle;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        RefuseAppUrls();
        if (check.FindProblems() is { Count: > 0 } problems)
        {
            throw new InvalidOperationException(string.Join(' ', problems));
        }

        Load();
        metrics.ObserveCertificate(() => (serving.NotAfter - time.GetUtcNow())?.TotalSeconds);
        string[] files =
        [
            .. options.Value.EffectiveMode == CertificateMode.Files ? [options.Value.CertificatePath!, CertificateLoader.KeyPath(options.Value)] : Array.Empty<string>(),
            .. options.Value.ClientCaPath is { } path ? [path] : Array.Empty<string>(),
        ];
        if (files.Length > 0)
        {
            var interval = options.Value.PollInterval;
            // Two timers: changes that keep coming never put off the poll.
            _poll = time.CreateTimer(_ => Load(), null, interval, interval);
            _settle = time.CreateTimer(_ => Load(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Array.ForEach(files, Watch);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _poll?.Dispose();
        _settle?.Dispose();
        _watchers.ForEach(watcher => watcher.Dispose());
        _watchers.Clear();
    }

    // Kestrel drops app.Urls without an error once code adds a listener, as AddAdmissionTls does.
    private void RefuseAppUrls()
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses)
        {
            throw new InvalidOperationException(
                $"app.Urls and app.Run(url) cannot be combined with AddAdmissionTls ({string.Join(", ", addresses)} would be ignored): put the address into ASPNETCORE_URLS or Kestrel:Endpoints.");
        }
    }

    private void Watch(string path)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (_watchers.Exists(watcher => watcher.Path == directory))
        {
            return;
        }

        try
        {
            var watcher = new FileSystemWatcher(directory);
            _watchers.Add(watcher);
            watcher.Created += OnChange;
            watcher.Changed += OnChange;
            watcher.Renamed += OnChange;
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // The directory does not exist yet, or the watches have run out: polling remains.
            logger.CertificateNotWatched(exception, directory);
        }
    }

    private void OnChange(object sender, FileSystemEventArgs e) => _settle?.Change(Settle, Timeout.InfiniteTimeSpan);

    private void Load()
    {
        loader.Load();
        clientLoader.Load();
    }
}
