using System.Diagnostics.Metrics;
using AdmissionSdk.Connections;
using AdmissionSdk.Observability;
using AdmissionSdk.Tests.Support;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Connections;

/// <summary>Requests that wait for their callers are bounded, and a caller that does its part is let in.</summary>
/// <remarks>Covers <see cref="RequestAllowance"/>, <see cref="RequestTurn"/>.</remarks>
public sealed class RequestAllowanceTests : IDisposable
{
    private static readonly ConnectionLimits Limits = new(Connections: 64, PerAddress: 64, Handshakes: 64, Requests: 16, TimeSpan.FromSeconds(30));

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly ConnectionTable _table;
    private readonly RequestAllowance _allowance;

    public RequestAllowanceTests()
    {
        _table = new(Limits, _time);
        _allowance = new(Limits, _table, new AdmissionMetrics(_services.GetRequiredService<IMeterFactory>()), _time);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void TryEnter_OneConnectionStallsMany_LeavesAQuarterToOthers()
    {
        var stalling = Open();

        Assert.Equal(12, Enumerable.Range(0, 100).Count(_ => TryEnter(stalling) is not null));

        var other = Open();
        Assert.Equal(2, Enumerable.Range(0, 16).Count(_ => TryEnter(other) is not null));
        Assert.Equal(2, Enumerable.Range(0, 16).Count(_ => TryEnter(Open()) is not null));
    }

    [Fact]
    public void TryEnter_AllIsTaken_TheLongestStalledIsCut()
    {
        using var collector = new MetricCollector<long>(_services.GetRequiredService<IMeterFactory>(), "AdmissionSdk", "admission.connection.evictions");
        var requests = Enumerable.Range(0, 16).Select(_ => new FakeRequest(Open())).ToList();
        var turns = requests.ConvertAll(request => _allowance.TryEnter(request.Features)!);
        turns[0].Received();
        _time.Advance(RequestAllowance.Patience);

        using var newcomer = TryEnter(Open());

        Assert.NotNull(newcomer);
        Assert.Equal([1], Enumerable.Range(0, 16).Where(index => requests[index].IsCut));
        Assert.Equal(EvictionReasons.Requests, Assert.Single(collector.GetMeasurementSnapshot()).Tags["admission.eviction"]);
        Assert.Equal(16, _allowance.Taken);
        // The end of the one that was cut frees nothing twice.
        turns[1].Dispose();
        Assert.Equal(16, _allowance.Taken);
    }

    [Fact]
    public void TryEnter_AllIsTakenByFreshRequests_IsRefused()
    {
        var turns = Enumerable.Range(0, 16).Select(_ => TryEnter(Open())!).ToList();
        _time.Advance(RequestAllowance.Patience - TimeSpan.FromMilliseconds(1));

        Assert.Null(TryEnter(Open()));

        turns[0].Dispose();
        Assert.NotNull(TryEnter(Open()));
    }

    [Fact]
    public void TryEnter_AllAreBeingDecided_IsRefusedHoweverLongItTakes()
    {
        for (var i = 0; i < 16; i++)
        {
            TryEnter(Open())!.Received();
        }

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(TryEnter(Open()));
    }

    [Fact]
    public void TryEnter_CallersThatDoNotRead_AreCutToo()
    {
        var requests = Enumerable.Range(0, 16).Select(_ => new FakeRequest(Open())).ToList();
        foreach (var request in requests)
        {
            var turn = _allowance.TryEnter(request.Features)!;
            turn.Received();
            turn.Decided();
        }

        _time.Advance(RequestAllowance.Patience);

        Assert.NotNull(TryEnter(Open()));
        Assert.True(requests[0].IsCut);
    }

    [Fact]
    public void TryEnter_WithoutAConnection_IsCounted()
    {
        // A listener of the user's own, or a server in memory.
        var turns = Enumerable.Range(0, 16).Select(_ => _allowance.TryEnter(new FeatureCollection())!).ToList();
        Assert.Null(_allowance.TryEnter(new FeatureCollection()));

        turns.ForEach(turn => turn.Received());
        turns.ForEach(turn => turn.Dispose());
        turns.ForEach(turn => turn.Dispose());

        Assert.Equal(0, _allowance.Taken);
    }

    [Fact]
    public void Turn_OfAReview_ProvesItsConnection()
    {
        var (stalled, served) = (Open(), Open());

        TryEnter(stalled)!.Dispose();
        using (var turn = TryEnter(served)!)
        {
            turn.Received();
            Assert.Equal((1, 1, 0), (served.Requests, served.Working, served.Waiting));
        }

        Assert.Equal((false, true), (stalled.IsProven, served.IsProven));
        Assert.Equal((0, 0), (served.Requests, served.Working));
    }

    private OpenConnection Open() => _table.Open(new FakeConnection("10.0.0.1"), [])!;

    private RequestTurn? TryEnter(OpenConnection connection) => _allowance.TryEnter(new FakeRequest(connection).Features);
}
