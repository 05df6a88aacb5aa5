namespace ImageRegistryWebhook.Tests.Support;

/// <summary>A clock that somebody sets, as a machine's is; the time that passes stays what it is.</summary>
internal sealed class SetClock(TimeProvider passing, Func<int> days) : TimeProvider
{
    public override long TimestampFrequency => passing.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => passing.GetUtcNow().AddDays(days());

    public override long GetTimestamp() => passing.GetTimestamp();
}
