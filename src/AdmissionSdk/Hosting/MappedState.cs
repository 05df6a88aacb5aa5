namespace AdmissionSdk.Hosting;

/// <summary>Remembers whether the webhooks are mapped, which happens once: with two endpoints on a path, routing could choose neither.</summary>
internal sealed class MappedState
{
    private int _mapped;

    public bool IsMapped => Volatile.Read(ref _mapped) == 1;

    /// <exception cref="InvalidOperationException">The webhooks are mapped already.</exception>
    public void Enter()
    {
        if (Interlocked.Exchange(ref _mapped, 1) == 1)
        {
            throw new InvalidOperationException("The admission webhooks are mapped already: call app.MapAdmissionWebhooks() once.");
        }
    }
}
