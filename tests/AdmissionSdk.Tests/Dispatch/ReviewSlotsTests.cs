using AdmissionSdk.Dispatch;

namespace AdmissionSdk.Tests.Dispatch;

/// <summary>The last slots are for small reviews and for those who hold few.</summary>
/// <remarks>Covers <see cref="ReviewSlots"/>.</remarks>
public sealed class ReviewSlotsTests
{
    private const int Large = ReviewSlots.SmallReview + 1;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(64, 48)]
    public void LargeReviews_OfAFlood_LeaveAQuarterToSmallOnes(int limit, int large)
    {
        var slots = new ReviewSlots(limit);

        var taken = Take(slots, limit, Large, share: null);

        Assert.Equal(large, taken.Count);
        Assert.Equal(limit - large, Take(slots, limit, bytes: 1, share: null).Count);
        Assert.Equal(0, slots.Free);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(64)]
    public void SmallReviews_OfUnknownCallers_MayTakeAll(int limit) =>
        Assert.Equal(limit, Take(new ReviewSlots(limit), 2 * limit, bytes: 1, share: null).Count);

    [Fact]
    public void OneNamespace_OfKnownCallers_LeavesSlotsToOthers()
    {
        var slots = new ReviewSlots(64);

        Assert.Equal(48, Take(slots, 64, bytes: 1, "tenant").Count);
        Assert.Equal(8, Take(slots, 64, bytes: 1, "another").Count);
        Assert.Equal(8, Take(slots, 64, bytes: 1, "third").Count);
        Assert.Empty(Take(slots, 1, bytes: 1, "fourth"));
    }

    [Fact]
    public void Slots_GivenBack_AreFreeAgainForTheirNamespace()
    {
        var slots = new ReviewSlots(8);
        var taken = Take(slots, 8, bytes: 1, "tenant");
        Assert.Equal(6, taken.Count);

        taken.ForEach(slot => slot.Dispose());
        // Twice is once.
        taken.ForEach(slot => slot.Dispose());

        Assert.Equal(8, slots.Free);
        Assert.Equal(6, Take(slots, 8, bytes: 1, "tenant").Count);
    }

    private static List<IDisposable> Take(ReviewSlots slots, int times, int bytes, string? share) =>
        [.. Enumerable.Range(0, times).Select(_ => slots.TryTake(bytes, share)).OfType<IDisposable>()];
}
