using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using k8s.Models;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>matchConditions (contract 3).</summary>
internal static class ConditionScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario("3.1", "object is what the request holds", [Mutating("yes", Reply.Allow, When(ScenarioEvaluator.KeyIsV)), Mutating("no", Reply.Allow, When("false"))], CreateMap()),
        Scenario("3.1", "absent objects are null", [Validating("v", Reply.Allow, When(ScenarioEvaluator.NoOldObject))], CreateMap()),
        Scenario("3.2", "request.resource is the original where request.kind is the converted one", [Mutating("m", Reply.Allow, webhook =>
        {
            On("*", "agreement.example.com", "v1beta1", "widgets")(webhook);
            When(ScenarioEvaluator.IsCreateByResource)(webhook);
        })], CreateWidget()),
        Scenario("3.3", "one false outweighs an error", [Mutating("m", Reply.Allow, When(ScenarioEvaluator.ReadsAbsent, "false"))], CreateMap()),
        Scenario("3.3", "an error under Ignore passes the webhook over", [Mutating("m", Reply.Allow, webhook =>
        {
            When(ScenarioEvaluator.ReadsAbsent)(webhook);
            Ignore(webhook);
        })], CreateMap()),
        Scenario("3.4", "an error is forbidden and no validating webhook is called", [Validating("v", Reply.Allow), Validating("w", Reply.Allow, When("true", ScenarioEvaluator.ReadsAbsent))], CreateMap()),
        Scenario("3.4", "several errors are listed", [Mutating("m", Reply.Allow, When(ScenarioEvaluator.ReadsAbsent, ScenarioEvaluator.ReadsAbsent))], CreateMap()),
    ];

    private static Action<V1MutatingWebhook> When(params string[] expressions) =>
        webhook => webhook.MatchConditions = [.. expressions.Select((expression, i) => new V1MatchCondition { Name = $"c{i}", Expression = expression })];
}
