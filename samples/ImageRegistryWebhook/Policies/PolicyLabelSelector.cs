namespace ImageRegistryWebhook.Policies;

/// <summary>A label selector as in Kubernetes: all requirements must hold; an empty selector selects everything.</summary>
internal sealed record PolicyLabelSelector(IReadOnlyList<PolicyLabelRequirement> Requirements)
{
    public bool Matches(IReadOnlyDictionary<string, string> labels) => Requirements.All(requirement => requirement.Matches(labels));

    /// <summary>True if this selector surely selects everything that the other selects: each requirement is also a requirement of the other.</summary>
    public bool Covers(PolicyLabelSelector other) => Requirements.All(requirement => other.Requirements.Any(requirement.IsSame));
}
