namespace AdmissionSdk.Dispatch;

/// <summary>The moment when a response is due: the API server's timeout less a margin, or its disconnect (contract 8.2, 8.5).</summary>
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

    /// <summary>The time from the arrival of the request to the response.</summary>
    public TimeSpan Budget { get; }

    /// <summary>
    /// Fires at the deadline or the disconnect. For the SDK's own waits only: callbacks of a token run one after the other on the thread
    /// that cancels the token, and a handler's callback would come before ours. Handlers get a <see cref="HandlerCancellation"/>.
    /// </summary>
    public CancellationToken Token { get; }

    /// <summary>True when the caller hung up before the time ran out.</summary>
    public bool IsDisconnected => _disconnected.IsCancellationRequested && !_timer.IsCancellationRequested;

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
