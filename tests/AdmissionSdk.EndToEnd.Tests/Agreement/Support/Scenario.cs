namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>Webhooks and requests of which both API servers must make the same.</summary>
/// <param name="Rule">The rule of the contract it shows.</param>
/// <param name="Title">What happens.</param>
internal sealed record Scenario(string Rule, string Title)
{
    public IReadOnlyList<ScenarioHook> Hooks { get; init; } = [];

    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Requests before the webhooks are installed.</summary>
    public IReadOnlyList<Step> Before { get; init; } = [];

    /// <summary>Labels of the scenario's namespace.</summary>
    public IReadOnlyDictionary<string, string> NamespaceLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>How far messages are compared, where the rest is the text of a library of the API server's that the contract does not quote.</summary>
    public string? MessageUpTo { get; init; }

    /// <summary>Whether the transcript shows the calls as HTTP, byte for byte.</summary>
    public bool ShowsBytes { get; init; }

    /// <summary>Whether the transcript shows the audit annotations.</summary>
    public bool ShowsAudit { get; init; }

    /// <summary>What of its webhooks an application of ours cannot say, such as the order of rules, and somebody has to edit after <c>apply</c>.</summary>
    public string EditedByHand { get; init; } = "";

    public string Name => $"{Rule} {Title}";

    public override string ToString() => Name;
}
