namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>Fields that an older server refuses or drops, taken out of a scenario's webhooks before <c>apply</c>.</summary>
internal static class OlderServer
{
    private static readonly Version KnowsMatchConditions = new(1, 28);

    /// <summary>The scenario as a server of the version takes the scenario.</summary>
    public static Scenario Adapt(Scenario scenario, Version version) => scenario with
    {
        Webhooks = version < KnowsMatchConditions ? [.. scenario.Webhooks.Select(WithoutConditions)] : scenario.Webhooks,
    };

    private static ScenarioWebhook WithoutConditions(ScenarioWebhook webhook) => webhook with
    {
        Change = definition =>
        {
            webhook.Change?.Invoke(definition);
            definition.MatchConditions = null;
        },
    };
}
