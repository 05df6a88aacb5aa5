using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>Denials (contract 10), and the decisions of failurePolicy (contract 11).</summary>
internal static class DenialScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Denial("10.1", "with a message", """{"message":"because"}"""),
        Denial("10.1", "with a reason only", """{"reason":"Because"}"""),
        Denial("10.1", "with nothing", "{}"),
        Scenario("10.1", "without a status", [Validating("v", Reply.With("""{"allowed":false}"""))], CreateMap()),
        Denial("10.2", "no code is 400", """{"message":"m"}"""),
        Denial("10.2", "code 200 is 400", """{"message":"m","code":200}"""),
        Denial("10.2", "code 399 is 400", """{"message":"m","code":399}"""),
        Denial("10.2", "code 403 stays", """{"message":"m","code":403}"""),
        Denial("10.2", "code 422 stays", """{"message":"m","code":422}"""),
        Denial("10.2", "code 599 stays", """{"message":"m","code":599}"""),
        Denial("10.2", "status Success is Failure", """{"message":"m","status":"Success"}"""),
        Denial("10.2", "another status stays", """{"message":"m","status":"Refused"}"""),
        Denial("10.3", "a reason passes through", """{"message":"m","code":403,"reason":"Forbidden"}"""),
        Denial("10.3", "an unknown reason passes through", """{"message":"m","code":403,"reason":"Because"}"""),
        Denial("10.3", "details and causes pass through, unknown members do not", """{"message":"m","code":422,"reason":"Invalid","own":1,"details":{"name":"n","group":"g","kind":"k","uid":"u","own":2,"causes":[{"reason":"FieldValueInvalid","message":"bad","field":"data.k","own":3}]}}"""),
        Denial("10.3", "empty details stay", """{"message":"m","details":{}}"""),
        Denial("10.5", "retryAfterSeconds becomes a header", """{"message":"m","code":429,"reason":"TooManyRequests","details":{"retryAfterSeconds":7}}"""),
        Scenario("10.1", "a mutating denial reads the same", [Mutating("m", Reply.Deny("""{"message":"because","code":403,"reason":"Forbidden"}"""))], CreateMap()),
        Scenario("10.1", "a denial of a delete", [Validating("v", Reply.Deny("""{"message":"because"}"""))], DeleteMap()) with { Before = [CreateMap()] },
        Scenario("11.1", "Ignore does not ignore a denial", [Validating("v", Reply.Deny("""{"message":"m"}"""), Ignore)], CreateMap()),
        Scenario("11", "an undecodable patch is a failed call", [Mutating("m", Reply.Patch("{}"))], CreateMap()),
        Scenario("11", "an undecodable patch is nothing under Ignore", [Mutating("m", Reply.Patch("[1]"), Ignore)], CreateMap()),
        Scenario("11", "another patch type is a failed call", [Mutating("m", Reply.With($$"""{"patchType":"MergePatch","patch":"{{Reply.Base64("""[{"op":"add","path":"/data/x","value":"y"}]""")}}"}"""))], CreateMap()),
        Scenario("11", "another patch type is nothing under Ignore", [Mutating("m", Reply.With($$"""{"patchType":"MergePatch","patch":"{{Reply.Base64("""[{"op":"add","path":"/data/x","value":"y"}]""")}}"}"""), Ignore)], CreateMap()),
        Scenario("11", "a patch that does not apply fails even under Ignore", [Mutating("m", Reply.Patch("""[{"op":"remove","path":"/data/absent"}]"""), Ignore)], CreateMap()),
        Scenario("11", "an unknown operation fails even under Ignore", [Mutating("m", Reply.Patch("""[{"op":"merge","path":"/data"}]"""), Ignore)], CreateMap()),
        Scenario("11", "after a failed-open webhook the chain goes on", [Mutating("m", Reply.Http(500), Ignore), Mutating("n", Reply.Patch("""[{"op":"add","path":"/data/n","value":"1"}]""")), Validating("v", Reply.Http(500), Ignore), Validating("w", Reply.Allow)], CreateMap()),
        Scenario("11", "nothing is stored when the request fails", [Mutating("m", Reply.Http(500))], CreateMap() with { ReadBack = true }),
    ];

    private static Scenario Denial(string rule, string title, string status) => Scenario(rule, title, [Validating("v", Reply.Deny(status))], CreateMap());
}
