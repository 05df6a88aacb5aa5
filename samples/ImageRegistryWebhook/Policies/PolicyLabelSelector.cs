namespace ImageRegistryWebhook.Policies;

/// <summary>A label selector as Kubernetes has it: all requirements must hold; none hold for everything.</summary>
internal sealed record PolicyLabelSelector(IReadOnlyList<PolicyLabelRequirement> Requirements)
{
    public bool Matches(IReadOnlyDictionary<string, string> labels) => Requirements.All(requirement => requirement.Matches(labels));

    /// <summary>Whether what the other selects, this selects too, as far as that can be told: each of its requirements is one of the other's.</summary>
    public bool Covers(PolicyLabelSelector other) => Requirements.All(requirement => other.Requirements.Any(requirement.IsSame));
}
