using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>Deadlines and hidden retries (contract 8). A real API server needs real seconds for these scenarios.</summary>
internal static class TimingScenarios
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(1.5);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario("8.1", "the user's timeout is passed on when it is the shorter one", [Mutating("m", Reply.Allow, webhook => webhook.TimeoutSeconds = 30)], CreateMap() with { TimeoutSeconds = 20 }),
        Scenario("8.1", "the user's timeout is not passed on when it is the longer one", [Mutating("m", Reply.Allow, webhook => webhook.TimeoutSeconds = 7)], CreateMap() with { TimeoutSeconds = 20 }),
        Scenario("8.1", "a write has 34 seconds at most", [Mutating("m", Reply.Allow, webhook => webhook.TimeoutSeconds = 30) with { Latency = TimeSpan.FromSeconds(5.5) }, Mutating("n", Reply.Allow, webhook => webhook.TimeoutSeconds = 30)], CreateMap() with { TimeoutSeconds = 50 }),
        Scenario("8.2", "what remains is rounded up", [Mutating("m", Reply.Allow) with { Latency = TimeSpan.FromSeconds(0.5) }, Validating("v", Reply.Allow)], CreateMap() with { TimeoutSeconds = 5 }),
        Scenario("8.3", "a late answer fails the request", [Mutating("m", Reply.Allow, webhook => webhook.TimeoutSeconds = 1) with { Latency = TooLong }], CreateMap()),
        Scenario("8.3", "a late denial under Ignore admits", [Mutating("m", Reply.Deny("{}"), webhook => (webhook.TimeoutSeconds, webhook.FailurePolicy) = (1, "Ignore")) with { Latency = TooLong }, Mutating("n", Reply.Allow)], CreateMap()),
        Scenario("8.3", "a late validating webhook fails the request", [Validating("v", Reply.Allow, webhook => webhook.TimeoutSeconds = 1) with { Latency = TooLong }], CreateMap()),
        Scenario("8.3", "the user's own deadline ends the request even under Ignore", [Mutating("m", Reply.Allow, Ignore) with { Latency = TooLong }, Mutating("n", Reply.Allow)], CreateMap() with { TimeoutSeconds = 1 }),
        Scenario("8.4", "503 with Retry-After is tried again with the same uid", [Mutating("m", Reply.InTurn(Reply.Http(503, retryAfter: "0"), Reply.Patch("""[{"op":"add","path":"/data/x","value":"y"}]""")))], CreateMap()),
        Scenario("8.4", "429 with Retry-After is tried again", [Validating("v", Reply.InTurn(Reply.Http(429, retryAfter: "0"), Reply.Http(429, retryAfter: "0"), Reply.Allow))], CreateMap()),
        Scenario("8.4", "500 with Retry-After is tried again", [Validating("v", Reply.InTurn(Reply.Http(500, retryAfter: "0"), Reply.Allow))], CreateMap()),
        Scenario("8.4", "404 with Retry-After is not tried again", [Validating("v", Reply.InTurn(Reply.Http(404, retryAfter: "0"), Reply.Allow))], CreateMap()),
        Scenario("8.4", "503 without Retry-After is not tried again", [Validating("v", Reply.InTurn(Reply.Http(503), Reply.Allow))], CreateMap()),
        Scenario("8.4", "Retry-After as a date is not tried again", [Validating("v", Reply.InTurn(Reply.Http(503, retryAfter: "Mon, 01 Jan 2029 00:00:00 GMT"), Reply.Allow))], CreateMap()),
        Scenario("8.4", "there are ten retries", [Validating("v", Reply.Http(503, retryAfter: "0"))], CreateMap()),
        Scenario("8.4", "waiting counts towards the deadline", [Validating("v", Reply.InTurn(Reply.Http(503, retryAfter: "2"), Reply.Allow), webhook => webhook.TimeoutSeconds = 1)], CreateMap()),
    ];
}
