using AdmissionSdk.Connections;
using AdmissionSdk.Observability;
using AdmissionSdk.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Connections;

/// <summary>The order in which connections go when a limit is met: strangers first, API servers' kept connections last, and nobody whose review is being decided.</summary>
/// <remarks>Covers <see cref="ConnectionTable"/>, <see cref="OpenConnection"/>, <see cref="Eviction"/>, <see cref="AddressGroup"/>, <see cref="ConnectionLimits"/>.</remarks>
public sealed class ConnectionTableTests
{
    private const string ApiServer = "10.0.0.1";
    private const string Attacker = "10.0.0.66";

    private static readonly ConnectionLimits Limits = new(Connections: 8, PerAddress: 8, Handshakes: 8, Requests: 8, TimeSpan.FromSeconds(30));

    private readonly FakeTimeProvider _time = new();
    private readonly List<Eviction> _evictions = [];
    private ConnectionTable _table;

    // Closed connections end at once, unless a test is about those that do not.
    private bool _endsAtOnce = true;

    public ConnectionTableTests() => _table = new(Limits, _time);

    [Fact]
    public void Open_WhenFull_TheLongestIdleStrangerGoes()
    {
        var kept = Prove(Open(ApiServer));
        var strangers = OpenMany(Attacker, 7);
        _table.Exit(Enter(strangers[0]), wasReview: false);

        Assert.NotNull(Open(Attacker));

        Assert.Equal((strangers[1], EvictionReasons.Connections), Assert.Single(Evicted()));
        Assert.False(kept.IsLeaving);
    }

    [Fact]
    public void Open_WhenFullOfProvenConnections_ThoseOfTheLargestAddressGo()
    {
        // Whoever reaches the port can send a review, so that a review alone does not make an API server.
        var kept = Prove(Open(ApiServer));
        var flood = OpenMany(Attacker, 7).ConvertAll(Prove);

        OpenMany(Attacker, 20);

        Assert.False(kept.IsLeaving);
        // The fresh connections of the flood went, since they had brought nothing; of the others one, for the first of them.
        Assert.Equal(flood[0], Evicted()[0].Connection);
        Assert.Equal(20, Evicted().Count);
    }

    [Fact]
    public void Open_NewcomerOfASmallAddress_OutlivesAFlood()
    {
        OpenMany(Attacker, 8);
        var newcomer = Open(ApiServer);

        OpenMany(Attacker, 50);

        Assert.False(newcomer.IsLeaving);
    }

    [Fact]
    public void Open_AllFromOneAddress_KeptConnectionsStay()
    {
        // As behind a load balancer.
        var kept = Enumerable.Range(0, 4).Select(_ => Prove(Open(Attacker))).ToList();

        OpenMany(Attacker, 50);

        Assert.DoesNotContain(kept, connection => connection.IsLeaving);
    }

    [Fact]
    public void Open_EveryReviewIsBeingDecided_NobodyGoesAndNobodyWaits()
    {
        var working = OpenMany(ApiServer, 8).ConvertAll(connection => Receive(Enter(connection)));

        Assert.NotNull(Open(Attacker));

        Assert.Empty(_evictions);
        working.ForEach(connection => Answer(connection));
        Assert.NotNull(Open(ApiServer));
        Assert.Equal(2, Evicted().Count);
    }

    [Fact]
    public void Open_LimitOfAnAddress_TakesOneOfTheSameAddress()
    {
        _table = new(Limits with { PerAddress = 2 }, _time);
        var kept = Prove(Open(Attacker));
        var other = Open(ApiServer);
        var strangers = OpenMany(Attacker, 3);

        Assert.Equal((strangers[0], EvictionReasons.Address), Assert.Single(Evicted()));
        Assert.False(kept.IsLeaving || other.IsLeaving);
    }

    [Fact]
    public void Open_LimitOfHandshakes_TakesTheOldestHandshake()
    {
        _table = new(Limits with { Handshakes = 2 }, _time);
        var secured = Open(Attacker);
        var handshakes = OpenMany(Attacker, 3, isSecured: false);

        Assert.Equal((handshakes[0], EvictionReasons.Handshakes), Assert.Single(Evicted()));
        Assert.False(secured.IsLeaving);
    }

    [Fact]
    public void Open_TooManySocketsAreBeingCut_OnlySmallAddressesAreLetIn()
    {
        // As on a machine without a core to spare.
        _endsAtOnce = false;
        Assert.Equal(Limits.Sockets, Enumerable.Range(0, 100).Count(_ => TryOpen(Attacker) is not null));

        Assert.NotNull(TryOpen(ApiServer));
        Assert.Equal(
            Limits.AllSockets - Limits.Sockets - 1, Enumerable.Range(2, 200).Count(last => TryOpen($"10.0.1.{last}") is not null));
    }

    [Fact]
    public void Evict_BeforeTheHandshakeEnds_Cuts() => AssertCloses(isSecured: false, stalls: false, isCut: true);

    [Fact]
    public void Evict_Idle_TakesLeave() => AssertCloses(isSecured: true, stalls: false, isCut: false);

    [Fact]
    public void Evict_Stalling_Cuts() => AssertCloses(isSecured: true, stalls: true, isCut: true);

    [Fact]
    public void Sweep_LeavingTooLong_IsCut()
    {
        _endsAtOnce = false;
        var first = Open(Attacker);
        OpenMany(Attacker, 8);
        Assert.True(first.IsLeaving);
        _evictions.Clear();

        _time.Advance(ConnectionLimits.Farewell - TimeSpan.FromMilliseconds(1));
        _table.Sweep(_evictions);
        Assert.Empty(_evictions);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _table.Sweep(_evictions);

        Assert.Equal(new Eviction(first, Reason: null, IsGraceful: false), Assert.Single(_evictions));
    }

    [Fact]
    public void Evict_TooManyLeave_TheFirstIsCut()
    {
        _endsAtOnce = false;
        var first = Open(Attacker);
        OpenMany(Attacker, 7 + Limits.Leaving);
        Assert.DoesNotContain(_evictions, eviction => eviction.Reason is null);

        OpenMany(Attacker, 1);

        Assert.Equal(first, Assert.Single(_evictions, eviction => eviction.Reason is null).Connection);
    }

    [Fact]
    public void Sweep_NoRequestForLong_Closes()
    {
        var (silent, asked) = (Open(ApiServer), Open(ApiServer));
        _table.Exit(Enter(asked), wasReview: false);

        _time.Advance(Limits.FirstRequestTimeout);
        _table.Sweep(_evictions);

        Assert.Equal((silent, EvictionReasons.NoRequest), Assert.Single(Evicted()));
    }

    [Fact]
    public void Close_OfEverything_LeavesNothing()
    {
        var random = new Random(7);
        var (open, turns) = (new List<OpenConnection>(), new List<OpenConnection>());
        for (var step = 0; step < 5_000; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(200)));
            switch (random.Next(6))
            {
                case 0 when TryOpen($"10.0.0.{random.Next(4)}", random.Next(2) == 0) is { } connection:
                    open.Add(connection);
                    break;
                case 1 when open.Count > 0:
                    turns.Add(open[random.Next(open.Count)]);
                    _table.Enter(turns[^1]);
                    break;
                case 2 or 3 when turns.Count > 0:
                    _table.Exit(turns[^1], wasReview: random.Next(2) == 0);
                    turns.RemoveAt(turns.Count - 1);
                    break;
                case 4 when open.Count > 0 && open[^1].Requests == 0:
                    _table.Close(open[^1]);
                    open.RemoveAt(open.Count - 1);
                    break;
                default:
                    _table.Sweep(_evictions);
                    break;
            }

            Assert.InRange(open.Count(connection => !connection.IsLeaving), 0, Limits.Connections);
        }

        turns.ForEach(turn => _table.Exit(turn, wasReview: true));
        open.ForEach(_table.Close);
        Assert.Equal((0, 0), (_table.Count, _table.FindLargest().Open));
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    public void Address_OfAnyKind_CountsAsOne(string address, string key) =>
        Assert.Equal(key, AddressGroup.KeyOf(new FakeConnection(address).RemoteEndPoint).ToString());

    private void AssertCloses(bool isSecured, bool stalls, bool isCut)
    {
        var connection = new FakeConnection(Attacker);
        var victim = _table.Open(connection, _evictions)!;
        if (isSecured)
        {
            _table.Secure(victim);
        }

        if (stalls)
        {
            Enter(victim);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        OpenMany(Attacker, 8);
        Assert.Single(_evictions).Execute();

        Assert.Equal((!isCut, isCut), (connection.IsAskedToClose, connection.IsCut));
    }

    private OpenConnection Open(string address) => TryOpen(address)!;

    private OpenConnection? TryOpen(string address, bool isSecured = true)
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var connection = _table.Open(new FakeConnection(address), _evictions);
        if (connection is not null && isSecured)
        {
            _table.Secure(connection);
        }

        if (_endsAtOnce)
        {
            _evictions.ForEach(eviction => _table.Close(eviction.Connection));
        }

        return connection;
    }

    private List<OpenConnection> OpenMany(string address, int count, bool isSecured = true) =>
        [.. Enumerable.Range(0, count).Select(_ => TryOpen(address, isSecured)!)];

    private OpenConnection Enter(OpenConnection connection)
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _table.Enter(connection);
        return connection;
    }

    private OpenConnection Receive(OpenConnection connection)
    {
        _table.Work(connection, 1);
        return connection;
    }

    private OpenConnection Answer(OpenConnection connection)
    {
        _table.Work(connection, -1);
        _table.Exit(connection, wasReview: true);
        return connection;
    }

    private OpenConnection Prove(OpenConnection connection) => Answer(Receive(Enter(connection)));

    private List<(OpenConnection Connection, string Reason)> Evicted() =>
        [.. _evictions.Where(eviction => eviction.Reason is not null).Select(eviction => (eviction.Connection, eviction.Reason!))];
}
