namespace AdmissionSdk.Dispatch;

/// <summary>The moment when a response is due: the API server's timeout less a margin, or its disconnect (contract 8.2, 8.5).</summary>
internal sealed class ReviewDeadline : IDisposable
{
    private readonly CancellationTokenSource _due;
    private readonly CancellationTokenRegistration _disconnect;

    public ReviewDeadline(TimeSpan budget, TimeProvider time, CancellationToken disconnected)
    {
        Budget = budget;
        _due = new CancellationTokenSource(budget, time);
        Token = _due.Token;
        _disconnect = disconnected.UnsafeRegister(static deadline => ((ReviewDeadline)deadline!).Disconnect(), this);
    }

    /// <summary>The time from the arrival of the request to the response.</summary>
    public TimeSpan Budget { get; }

    /// <summary>
    /// Fires at the deadline or the disconnect. For the SDK's own waits only: callbacks of a token run one after the other on the thread
    /// that cancels the token, and a handler's callback would come before ours. Handlers get a <see cref="HandlerCancellation"/>.
    /// </summary>
    public CancellationToken Token { get; }

    /// <summary>True when the caller hung up before the time ran out.</summary>
    public bool IsDisconnected { get; private set; }

    public void Dispose()
    {
        _disconnect.Dispose();
        _due.Dispose();
    }

    private void Disconnect()
    {
        IsDisconnected = !_due.IsCancellationRequested;
        _due.Cancel();
    }
}
