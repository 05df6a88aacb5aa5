using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Support;

/// <summary>A clock for tests that records the waits of up to half a minute.</summary>
internal sealed class PauseRecorder : FakeTimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _pauses = new();

    public IReadOnlyList<TimeSpan> Pauses => [.. _pauses];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime <= TimeSpan.FromSeconds(30))
        {
            // The test may advance the clock as soon as it sees the pause, so the timer must exist.
            _pauses.Enqueue(dueTime);
        }

        return timer;
    }
}
