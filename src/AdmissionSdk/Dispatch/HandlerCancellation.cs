namespace AdmissionSdk.Dispatch;

/// <summary>
/// The handlers' token. Fires with the deadline, but on a thread of its own: a handler that heeds its token and then blocks, as database drivers do
/// while they cancel, must not hold the response. Belongs to the exchange, so that the token stays usable by a handler that outlives its review.
/// </summary>
internal sealed class HandlerCancellation : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _registration;

    public HandlerCancellation(CancellationToken due)
    {
        Token = _source.Token;
        _registration = due.UnsafeRegister(static source => ((CancellationTokenSource)source!).CancelAsync(), _source);
    }

    public CancellationToken Token { get; }

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
