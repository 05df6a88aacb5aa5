using ImageRegistryWebhook.Registries;
using Microsoft.Extensions.Time.Testing;

namespace ImageRegistryWebhook.Tests.Registries;

/// <remarks>Covers <see cref="ExpiringCache{TKey,TValue}"/>.</remarks>
public class ExpiringCacheTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void TryGet_Expired_IsGone()
    {
        var cache = new ExpiringCache<string, int>(10, _time);
        cache.Set("a", 1, TimeSpan.FromSeconds(10));

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(cache.TryGet("a", out var value) && value == 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(cache.TryGet("a", out _));
        Assert.Equal(0, cache.Count);
    }

    [Theory]
    [InlineData(-365)]
    [InlineData(365)]
    public void TryGet_TheMachinesClockIsSet_LivesAsLongAsBefore(int days)
    {
        var cache = new ExpiringCache<string, int>(10, new SetClock(_time, () => days));
        cache.Set("a", 1, TimeSpan.FromSeconds(10));

        days = -days;
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(cache.TryGet("a", out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(cache.TryGet("a", out _));
    }

    [Fact]
    public void Set_Full_TheOldestGoes()
    {
        var cache = new ExpiringCache<int, int>(3, _time);
        foreach (var key in (int[])[1, 2, 3, 1, 4])
        {
            cache.Set(key, key, TimeSpan.FromHours(1));
        }

        Assert.Equal([false, false, true, true, true], ((int[])[0, 2, 3, 1, 4]).Select(key => cache.TryGet(key, out _)));
        Assert.Equal(3, cache.Count);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(10, 0)]
    [InlineData(10, -1)]
    public void Set_NoRoomOrNoTime_IsNotKept(int capacity, int seconds)
    {
        var cache = new ExpiringCache<string, int>(capacity, _time);
        cache.Set("a", 1, TimeSpan.FromSeconds(seconds));
        Assert.False(cache.TryGet("a", out _));
    }
}
