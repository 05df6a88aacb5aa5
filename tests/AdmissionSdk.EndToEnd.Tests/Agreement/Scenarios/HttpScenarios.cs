using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>HTTP statuses and bodies (contract 9.1–9.4).</summary>
internal static class HttpScenarios
{
    private const string ParseError = "Internal error occurred: failed calling webhook \"v.agreement.example.com\": failed to call webhook: ";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario("9.1", "201 is a success", [Validating("v", Reply.With("""{"allowed":false,"status":{"message":"no"}}""", code: 201))], CreateMap()),
        Scenario("9.1", "204 has no answer", [Validating("v", Reply.Http(204, contentType: null))], CreateMap()),
        Scenario("9.1", "an empty body has no answer", [Validating("v", Reply.Http(200, contentType: "application/json"))], CreateMap()),
        Scenario("9.1", "a perfect denial with 403 is a failed call", [Validating("v", Reply.With("""{"allowed":false,"status":{"message":"no"}}""", code: 403))], CreateMap()),
        Scenario("9.1", "and is admitted under Ignore", [Validating("v", Reply.With("""{"allowed":false,"status":{"message":"no"}}""", code: 403), Ignore)], CreateMap()),
        Scenario("9.1", "a Status failure's message is used", [Validating("v", Reply.Http(500, """{"kind":"Status","apiVersion":"v1","status":"Failure","message":"told so","code":500}""", "application/json"))], CreateMap()),
        Status(400), Status(401), Status(403), Status(404), Status(405), Status(406), Status(409), Status(415), Status(418), Status(422), Status(429), Status(500), Status(502), Status(503), Status(504),
        Scenario("9.2", "the text of a 500 is shown", [Validating("v", Reply.Http(500, "  it \"broke\"\n"))], CreateMap()),
        Scenario("9.2", "a 406's text is shown", [Validating("v", Reply.Http(406, "only YAML"))], CreateMap()),
        Scenario("9.2", "control characters are quoted", [Validating("v", Reply.Http(500, "a\tb\rc\u0001\u007f\u200b\\"))], CreateMap()),
        Scenario("9.2", "a type of text in capitals", [Validating("v", Reply.Http(500, "it broke", "TEXT/Plain; charset=\"utf-8\";"))], CreateMap()),
        Scenario("9.3", "an unreadable type fails before the status is looked at", [Validating("v", Reply.Http(404, "", "text html"))], CreateMap()),
        Scenario("9.3", "an unreadable parameter fails a good answer", [Validating("v", Reply.With("{}", contentType: "application/json; charset"))], CreateMap()),
        Scenario("9.3", "a type without a subtype will do", [Validating("v", Reply.With("{}", contentType: "json"))], CreateMap()),
        Scenario("9.2", "problem+json is unknown", [Validating("v", Reply.Http(500, """{"title":"it broke"}""", "application/problem+json"))], CreateMap()),
        Scenario("9.2", "text without a type is shown", [Validating("v", Reply.Http(500, "it broke", contentType: null))], CreateMap()),
        Scenario("9.2", "a 403's text is shown", [Validating("v", Reply.Http(403, "go away"))], CreateMap()),
        Scenario("9.2", "2048 bytes of text are shown", [Validating("v", Reply.Http(500, new string('x', 3000)))], CreateMap()),
        Scenario("9.2", "any status is nothing under Ignore", [Mutating("m", Reply.Http(500, "it broke"), Ignore), Validating("v", Reply.Http(404), Ignore)], CreateMap()),
        Scenario("9.3", "the media type does not matter", [Validating("v", Reply.With("{}", contentType: "text/plain"))], CreateMap()),
        Scenario("9.3", "a charset does not matter", [Validating("v", Reply.With("{}", contentType: "application/json; charset=utf-8"))], CreateMap()),
        Scenario("9.3", "no media type does not matter", [Validating("v", Reply.With("{}", contentType: null))], CreateMap()),
        Scenario("9.3", "an answer may be YAML", [Validating("v", call => new Reply(200, $"apiVersion: admission.k8s.io/v1\nkind: AdmissionReview\nresponse:\n  uid: {call.Uid}\n  allowed: true\n"))], CreateMap()),
        Scenario("9.4", "text is undecodable", [Validating("v", Reply.Http(200, "all is well"))], CreateMap()) with { MessageUpTo = ParseError },
        Scenario("9.4", "half an object is undecodable", [Validating("v", Reply.Http(200, "{\"kind\":", "application/json"))], CreateMap()) with { MessageUpTo = ParseError },
        Scenario("9.4", "undecodable is nothing under Ignore", [Validating("v", Reply.Http(200, "all is well"), Ignore)], CreateMap()),
        Scenario("9.4", "unknown members are ignored, an echoed request too", [Validating("v", Reply.With("""{"extra":{"a":[1]}}""", """{"request":{"uid":"x","object":5},"more":true}"""))], CreateMap()),
        Scenario("9.4", "names are case-sensitive", [Validating("v", Reply.With("""{"allowed":null,"Allowed":true}"""))], CreateMap()),
        Scenario("9.4", "no allowed is no", [Validating("v", Reply.With("""{"allowed":null}"""))], CreateMap()),
        Scenario("9.4", "a wrong type is undecodable", [Validating("v", Reply.With("""{"allowed":"yes"}"""))], CreateMap()) with { MessageUpTo = ParseError },
        Scenario("9.4", "of a repeated member the last one counts", [Validating("v", call => new Reply(200, $$$$"""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"{{{{call.Uid}}}}","allowed":true,"allowed":false,"status":{"message":"one"},"status":{"message":"two"}}}"""))], CreateMap()),
        Scenario("9.4", "text that is no Unicode is replaced", [Validating("v", call => new Reply(200, $$$$"""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"{{{{call.Uid}}}}","allowed":false,"status":{"message":"a\ud83db�c"}}}"""))], CreateMap()),
        Scenario("9.4", "details have types", [Validating("v", Reply.Deny("""{"details":{"retryAfterSeconds":"5"}}"""))], CreateMap()) with { MessageUpTo = ParseError },
        Scenario("9.4", "a patch must be base64", [Mutating("v", Reply.With("""{"patchType":"JSONPatch","patch":"[{}]"}"""))], CreateMap()) with { MessageUpTo = ParseError },
    ];

    private static Scenario Status(int code) => Scenario("9.2", $"{code}", [Validating("v", Reply.Http(code))], CreateMap());
}
