using AdmissionSdk.Hosting;
using Microsoft.AspNetCore.Http;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>Phases only go forward, and the end is never missed.</summary>
/// <remarks>Covers <see cref="DrainState"/>, <see cref="DrainPhase"/>.</remarks>
public sealed class DrainStateTests
{
    [Fact]
    public void TryAdvance_Backward_ChangesNothing()
    {
        var state = new DrainState();

        Assert.True(state.TryAdvance(DrainPhase.Draining));
        Assert.False(state.TryAdvance(DrainPhase.Draining));
        Assert.True(state.TryAdvance(DrainPhase.Refusing));
        Assert.False(state.TryAdvance(DrainPhase.Draining));

        Assert.Equal(DrainPhase.Refusing, state.Phase);
        Assert.True(state.Empty.IsCompleted);
    }

    [Fact]
    public void TryEnter_WhileRefusing_IsNotWaitedFor()
    {
        var state = new DrainState();
        Assert.True(state.TryEnter(new DefaultHttpContext()));
        state.TryAdvance(DrainPhase.Refusing);

        Assert.False(state.TryEnter(new DefaultHttpContext()));

        Assert.Equal((1, false), (state.Active, state.Empty.IsCompleted));
        state.Leave();
        Assert.True(state.Empty.IsCompleted);
    }

    [Fact]
    public async Task Empty_LastReviewLeavesWhileThePhaseChanges_Completes()
    {
        using var together = new Barrier(2);
        for (var i = 0; i < 2_000; i++)
        {
            var state = new DrainState();
            state.TryEnter(new DefaultHttpContext());

            var leaving = Task.Run(() =>
            {
                together.SignalAndWait();
                state.Leave();
            });
            together.SignalAndWait();
            state.TryAdvance(DrainPhase.Refusing);
            await leaving;

            Assert.True(state.Empty.IsCompleted);
        }
    }
}
