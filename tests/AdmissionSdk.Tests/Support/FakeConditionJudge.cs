using AdmissionSdk.Registration;

namespace AdmissionSdk.Tests.Support;

/// <summary>Finds one flaw in each condition that is named bad.</summary>
internal sealed class FakeConditionJudge(ConditionFlawKind kind) : IConditionJudge
{
    public IReadOnlyList<ConditionFlaw> Judge(WebhookDescriptor webhook, Version kubeVersion) =>
        [.. webhook.MatchConditions.Where(condition => condition.Name == "bad").Select(condition => new ConditionFlaw(kind, $"{condition.Name} has a flaw"))];
}
