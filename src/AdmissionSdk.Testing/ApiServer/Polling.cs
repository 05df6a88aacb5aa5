namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Asks again until the condition holds or the time is up.</summary>
internal static class Polling
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <param name="ask">Returns null when the wait is over, otherwise the observation for the failure's message.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="failure">Turns the last thing seen into the exception's message.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    public static async Task UntilAsync(
        Func<CancellationToken, Task<string?>> ask, TimeSpan timeout, Func<string, string> failure, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var seen = "nothing yet";
        try
        {
            while (await ask(both.Token) is { } observation)
            {
                seen = observation;
                await Task.Delay(Interval, TimeProvider.System, both.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KubeApiServerException(failure(seen));
        }
    }
}
