namespace AdmissionSdk.Dispatch;

/// <summary>When the answer is due: the API server's timeout less a margin, or the moment it hangs up (contract 8.2, 8.5).</summary>
internal sealed class ReviewDeadline : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;
    private readonly CancellationToken _disconnected;

    public ReviewDeadline(TimeSpan budget, TimeProvider time, CancellationToken disconnected)
    {
        Budget = budget;
        _disconnected = disconnected;
        _timer = new CancellationTokenSource(budget, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, disconnected);
        Token = _linked.Token;
    }

    /// <summary>How long there is from the arrival of the request to the answer.</summary>
    public TimeSpan Budget { get; }

    /// <summary>
    /// Fires at the deadline or the disconnect. For the SDK's own waits only: what is registered on a token runs one after the other on the thread
    /// that cancels it, and a handler's would come before ours. Handlers get a <see cref="HandlerCancellation"/>.
    /// </summary>
    public CancellationToken Token { get; }

    /// <summary>Whether the caller hung up rather than the time running out.</summary>
    public bool IsDisconnected => _disconnected.IsCancellationRequested && !_timer.IsCancellationRequested;

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
