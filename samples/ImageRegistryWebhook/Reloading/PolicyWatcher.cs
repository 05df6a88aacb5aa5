using Microsoft.Extensions.Options;

namespace ImageRegistryWebhook.Reloading;

/// <summary>
/// Stops the start of the host without a valid policy, and reloads the policy when its files change. A mounted ConfigMap changes by the swap of a symbolic
/// link in the directory, so directories are watched, not files. Files are polled too, because not every file system reports changes.
/// </summary>
internal sealed partial class PolicyWatcher(
    LivePolicy policy, PolicyFile file, IOptions<PolicyOptions> options, TimeProvider time, ILogger<PolicyWatcher> logger) : IHostedService, IDisposable
{
    /// <summary>The wait after a change, since a policy and its lock file may be written one after the other.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);
    private ITimer? _poll;
    private ITimer? _settle;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        policy.ThrowIfInvalid();
        var interval = options.Value.PolicyPollInterval;
        // Two timers, so that a stream of changes never delays the poll.
        _poll = time.CreateTimer(Reload, this, interval, interval);
        _settle = time.CreateTimer(Reload, this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_lock)
        {
            Watch();
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
        lock (_lock)
        {
            foreach (var watcher in _watchers.Values)
            {
                watcher.Dispose();
            }

            _watchers.Clear();
        }
    }

    private static void Reload(object? watcher) => ((PolicyWatcher)watcher!).Reload();

    // The lock separates a slow reload from the next tick.
    private void Reload()
    {
        lock (_lock)
        {
            try
            {
                policy.Reload();
                Watch();
            }
            catch (Exception exception)
            {
                // An exception from a timer would end the process.
                LogReloadFailed(exception);
            }
        }
    }

    // A new policy may name a lock file in another directory.
    private void Watch()
    {
        foreach (var directory in file.Directories.Where(directory => !_watchers.ContainsKey(directory)).ToList())
        {
            try
            {
                var watcher = new FileSystemWatcher(directory);
                _watchers.Add(directory, watcher);
                watcher.Created += OnChange;
                watcher.Changed += OnChange;
                watcher.Renamed += OnChange;
                watcher.EnableRaisingEvents = true;
            }
            catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
            {
                LogNotWatched(exception, directory);
            }
        }
    }

    private void OnChange(object sender, FileSystemEventArgs e) => _settle?.Change(Settle, Timeout.InfiniteTimeSpan);

    [LoggerMessage(15, LogLevel.Error, "The policy could not be reloaded; the one before stays in force.")]
    private partial void LogReloadFailed(Exception exception);

    [LoggerMessage(14, LogLevel.Debug, "The directory {Directory} cannot be watched; its files are polled.")]
    private partial void LogNotWatched(Exception exception, string directory);
}
