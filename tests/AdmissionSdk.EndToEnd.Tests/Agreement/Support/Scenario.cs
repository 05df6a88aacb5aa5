namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>Webhooks and requests that must give the same transcript on both API servers.</summary>
/// <param name="Rule">The rule of the contract.</param>
/// <param name="Title">The behaviour that the scenario shows.</param>
internal sealed record Scenario(string Rule, string Title)
{
    public IReadOnlyList<ScenarioWebhook> Webhooks { get; init; } = [];

    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Requests before the webhooks are installed.</summary>
    public IReadOnlyList<Step> Before { get; init; } = [];

    /// <summary>Labels of the scenario's namespace.</summary>
    public IReadOnlyDictionary<string, string> NamespaceLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>The start up to which messages are compared; the rest is the text of a library that the contract does not quote.</summary>
    public string? MessageUpTo { get; init; }

    /// <summary>True when the transcript shows the calls as HTTP, byte for byte.</summary>
    public bool ShowsBytes { get; init; }

    /// <summary>True when the transcript shows the audit annotations.</summary>
    public bool ShowsAudit { get; init; }

    /// <summary>The fields of the webhooks that an application of ours cannot set, such as the order of rules, and that are edited after <c>apply</c>.</summary>
    public string EditedByHand { get; init; } = "";

    public string Name => $"{Rule} {Title}";

    public override string ToString() => Name;
}
