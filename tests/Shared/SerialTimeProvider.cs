using Microsoft.Extensions.Time.Testing;

namespace Shared;

/// <summary>
/// A clock for watchers of files: <c>Advance</c> runs all due timers to the end. With <see cref="FakeTimeProvider"/> alone, a timer that the file
/// system's thread sets during <c>Advance</c> takes over, and <c>Advance</c> returns before anything has run.
/// </summary>
internal sealed class SerialTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock _lock = new();

    public new void Advance(TimeSpan delta)
    {
        lock (_lock)
        {
            base.Advance(delta);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            return new Timer(this, base.CreateTimer(callback, state, dueTime, period));
        }
    }

    private sealed class Timer(SerialTimeProvider time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                return timer.Change(dueTime, period);
            }
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
