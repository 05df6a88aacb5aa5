using System.Diagnostics.Metrics;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>Counts, by the SDK's own metric, the handlers that have outlived their responses.</summary>
internal sealed class AbandonedHandlers : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public AbandonedHandlers()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "admission.handler.abandoned")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref _count, change));
        _listener.Start();
    }

    /// <summary>Waits until all handlers have ended, so that every slot is free again.</summary>
    public async Task NoneAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Interlocked.Read(ref _count) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    public void Dispose() => _listener.Dispose();
}
