using k8s;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>
/// Rings when one of a few objects changes, and at intervals. A watch that fails or is refused is tried again in silence: whoever waits looks at intervals in any case.
/// </summary>
internal sealed class ChangeWatch(TimeSpan interval, TimeProvider time) : IDisposable
{
    // The API server ends a watch after this time. Neither the client nor TCP may notice the end.
    private const int Seconds = 240;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Seconds + 30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // Changes that come together are one change.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(100);

    private readonly PeriodicTimer _timer = new(interval, time);
    private volatile TaskCompletionSource _bell = NewBell();
    private Task? _tick;

    /// <summary>Opens a watch of an object, for at most a number of seconds.</summary>
    public delegate IAsyncEnumerable<(WatchEventType Type, T Item)> Open<T>(int seconds, CancellationToken cancellationToken);

    /// <summary>Watches an object until canceled.</summary>
    public async Task RunAsync<T>(Open<T> open, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                await foreach (var _ in open(Seconds, linked.Token).WithCancellation(linked.Token))
                {
                    _bell.TrySetResult();
                }
            }
            catch (Exception)
            {
                // The next look at an interval says what is wrong.
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits for a change or for a tick of the interval, whichever came since the last wait or comes first.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        // A tick that comes while nobody waits counts for the next wait.
        _tick ??= _timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
        await Task.WhenAny(_bell.Task, _tick).WaitAsync(cancellationToken);
        if (_tick.IsCompleted)
        {
            _tick = null;
        }

        if (_bell.Task.IsCompleted)
        {
            await Task.Delay(Settle < interval ? Settle : interval, time, cancellationToken);
            _bell = NewBell();
        }
    }

    public void Dispose() => _timer.Dispose();

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
