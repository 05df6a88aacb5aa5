using System.Text.RegularExpressions;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>Features that change every scenario, taken out for servers that are older than the features.</summary>
internal static partial class OlderServer
{
    private static readonly Version SetsTheNamespaceFirst = new(1, 24);
    private static readonly Version KnowsFieldValidation = new(1, 25);
    private static readonly Version KnowsMatchConditions = new(1, 28);

    /// <summary>The scenario as a server of the version takes the scenario.</summary>
    public static Scenario Adapt(Scenario scenario, Version version) => scenario with
    {
        Webhooks = version < KnowsMatchConditions ? [.. scenario.Webhooks.Select(WithoutConditions)] : scenario.Webhooks,
        Steps = version < KnowsFieldValidation ? [.. scenario.Steps.Select(step => step with { FieldValidation = "Ignore" })] : scenario.Steps,
    };

    /// <summary>The simulator's transcript as a server of the version would write the transcript.</summary>
    public static string Adapt(string transcript, Version version)
    {
        var text = version < KnowsFieldValidation ? FieldValidationPattern().Replace(transcript, "") : transcript;
        return version < SetsTheNamespaceFirst ? CallPattern().Replace(text, WithoutNamespace) : text;
    }

    private static ScenarioWebhook WithoutConditions(ScenarioWebhook webhook) => webhook with
    {
        Change = definition =>
        {
            webhook.Change?.Invoke(definition);
            definition.MatchConditions = null;
        },
    };

    // An object without a uid is the user's own, which got its namespace only after mutation.
    private static string WithoutNamespace(Match call) =>
        call.Value.Split('\n') is [var summary, .. var rest] && NewObjectPattern().IsMatch(summary)
            ? string.Join('\n', [summary, .. rest.Select(line => line.StartsWith("    oldObject", StringComparison.Ordinal) ? line : NamespacePattern().Replace(line, "$1", 1))])
            : call.Value;

    [GeneratedRegex(""","fieldValidation":"[A-Za-z]+"(?#)""")]
    private static partial Regex FieldValidationPattern();

    [GeneratedRegex(@"^  call .*(?:\n    .*)*", RegexOptions.Multiline)]
    private static partial Regex CallPattern();

    [GeneratedRegex(@" object=[A-Z][A-Za-z]* ")]
    private static partial Regex NewObjectPattern();

    [GeneratedRegex("""("metadata":\{(?:[^{}]|\{[^{}]*\})*?),?"namespace":"\$NS"(?#)""")]
    private static partial Regex NamespacePattern();
}
