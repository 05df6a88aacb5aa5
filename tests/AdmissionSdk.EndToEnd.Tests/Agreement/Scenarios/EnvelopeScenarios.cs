using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>Envelope checks, their order, and the effects of a response that denies (contract 9.5–9.9).</summary>
internal static class EnvelopeScenarios
{
    private static readonly string Change = Reply.Base64("""[{"op":"add","path":"/data/x","value":"y"}]""");
    private static readonly string Whole = $$"""{"patchType":"JSONPatch","patch":"{{Change}}"}""";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Checks("no response", "{}", """{"response":null}"""),
        Checks("another uid", """{"uid":"other"}"""),
        Checks("no uid", """{"uid":null}"""),
        Checks("no apiVersion and kind", "{}", """{"apiVersion":null,"kind":null}"""),
        Checks("no kind", "{}", """{"kind":null}"""),
        Checks("a patch without its type", $$"""{"patch":"{{Change}}"}"""),
        Checks("a type without a patch", """{"patchType":"JSONPatch"}"""),
        Checks("an empty type", $$"""{"patchType":"","patch":"{{Change}}"}"""),
        Checks("uid before patch", $$"""{"uid":"other","patch":"{{Change}}"}"""),
        Scenario("9.5", "validating: a patch", [Validating("v", Reply.With(Whole))], CreateMap()),
        Scenario("9.5", "validating: a patchType", [Validating("v", Reply.With("""{"patchType":"JSONPatch"}"""))], CreateMap()),
        Scenario("9.6", "v1beta1 needs no uid, apiVersion, kind or patchType", [Mutating("m", Reply.With($$"""{"uid":null,"patch":"{{Change}}"}""", """{"apiVersion":null,"kind":null}"""), webhook => webhook.AdmissionReviewVersions = ["v1beta1"])], CreateMap()),
        Scenario("9.6", "v1beta1 drops a validating webhook's patch", [Validating("v", Reply.With(Whole), webhook => webhook.AdmissionReviewVersions = ["v1beta1"])], CreateMap()),
        Scenario("9.7", "v1 answered by v1beta1", [Mutating("m", Reply.With("{}", """{"apiVersion":"admission.k8s.io/v1beta1"}"""))], CreateMap()),
        Scenario("9.7", "v1beta1 answered by v1", [Mutating("m", Reply.With("{}", """{"apiVersion":"admission.k8s.io/v1"}"""), webhook => webhook.AdmissionReviewVersions = ["v1beta1"])], CreateMap()),
        Scenario("9.7", "a Status is no review", [Validating("v", Reply.Http(200, """{"kind":"Status","apiVersion":"v1","status":"Success"}""", "application/json"))], CreateMap()),
        Scenario("9.7", "an unknown kind", [Validating("v", Reply.With("{}", """{"kind":"Review"}"""))], CreateMap())
            with { MessageUpTo = "Internal error occurred: failed calling webhook \"v.agreement.example.com\": failed to call webhook: no kind \"Review\" is registered for version \"admission.k8s.io/v1\" in scheme" },
        Scenario("9.8", "a denial with a wrong uid is admitted under Ignore", [Validating("v", Reply.With("""{"uid":"other","allowed":false}"""), Ignore)], CreateMap()),
        Scenario("9.8", "a denial with half a patch is a failed call", [Mutating("m", Reply.With("""{"allowed":false,"patchType":"JSONPatch"}"""))], CreateMap()),
        Scenario("9.8", "a denial with a patch is a denial", [Mutating("m", Reply.With($$"""{"allowed":false,"status":{"message":"no"},"patchType":"JSONPatch","patch":"{{Change}}"}"""))], CreateMap()),
        Scenario("9.9", "warnings come with a denial", [Validating("v", Reply.With("""{"allowed":false,"warnings":["careful"],"status":{"message":"no"}}"""))], CreateMap()),
        Scenario("9.9", "a status is ignored when allowed", [Validating("v", Reply.With("""{"status":{"code":403,"message":"no"}}"""))], CreateMap()),
        Scenario("9.9", "warnings do not come with a bad envelope", [Validating("v", Reply.With("""{"uid":"other","warnings":["careful"]}"""), Ignore)], CreateMap()),
    ];

    private static Scenario Checks(string title, string response, string envelope = "{}") =>
        Scenario("9.5", title, [Mutating("m", Reply.With(response, envelope))], CreateMap());
}
