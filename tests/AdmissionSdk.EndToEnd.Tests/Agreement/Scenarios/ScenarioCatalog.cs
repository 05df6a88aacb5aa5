using AdmissionSdk.EndToEnd.Tests.Agreement.Support;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>Every scenario, in the order of the contract.</summary>
internal static class ScenarioCatalog
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. OrderScenarios.All,
        .. BodyScenarios.All,
        .. MatchingScenarios.All,
        .. ConditionScenarios.All,
        .. ConditionLanguageScenarios.All,
        .. RequestScenarios.All,
        .. DeleteScenarios.All,
        .. TimingScenarios.All,
        .. HttpScenarios.All,
        .. EnvelopeScenarios.All,
        .. DenialScenarios.All,
        .. PatchScenarios.All,
        .. AfterPatchScenarios.All,
        .. ReinvocationScenarios.All,
        .. DryRunAndWarningScenarios.All,
        .. AuditScenarios.All,
    ];

    public static Scenario Get(string name) => All.Single(scenario => scenario.Name == name);
}
