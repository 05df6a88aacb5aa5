using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using k8s.Models;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>Audit annotations (contract 17).</summary>
internal static class AuditScenarios
{
    private const string Change = """[{"op":"add","path":"/data/x","value":"y"}]""";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Audit("17.1", "keys get the webhook's name, bad ones are dropped", [
            Validating("v", Reply.With("""{"auditAnnotations":{"good":"free \"text\"\n","a/b":"x","":"x","-x":"x","with space":"x"}}"""))]),
        Audit("17.1", "they come with a denial", [Validating("v", Reply.With("""{"allowed":false,"status":{"message":"no"},"auditAnnotations":{"why":"because"}}"""))]),
        Audit("17.2", "a second value is dropped", [
            Mutating("one", Reply.InTurn(Reply.With("""{"auditAnnotations":{"k":"first"}}"""), Reply.With("""{"auditAnnotations":{"k":"second"}}""")), IfNeeded), Mutating("two", Reply.Patch(Change))]),
        Audit("17.3", "a mutating call is noted with its patch", [Mutating("m", Reply.Allow), Mutating("n", Reply.Patch(Change))]),
        Audit("17.3", "the second pass is round 1", [Mutating("one", Reply.Allow, IfNeeded), Mutating("two", Reply.Patch(Change))]),
        Audit("17.3", "mutating webhooks are counted though they do not match", [Mutating("no", Reply.Allow, On("UPDATE", "", "v1", "configmaps")), Mutating("yes", Reply.Allow)]),
        Audit("17.3", "failing open is noted", [Mutating("m", Reply.Http(500), Ignore), Validating("no", Reply.Allow, On("UPDATE", "", "v1", "configmaps")), Validating("v", Reply.Allow), Validating("w", Reply.Http(500), Ignore)]),
    ];

    private static void IfNeeded(V1MutatingWebhook webhook) => webhook.ReinvocationPolicy = "IfNeeded";

    private static Scenario Audit(string rule, string title, ScenarioWebhook[] webhooks) => Scenario(rule, title, webhooks, CreateMap()) with { ShowsAudit = true };
}
