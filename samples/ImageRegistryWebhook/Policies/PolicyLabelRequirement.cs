namespace ImageRegistryWebhook.Policies;

/// <summary>One requirement of a label selector.</summary>
internal sealed record PolicyLabelRequirement(string Key, PolicyLabelOperator Operator, IReadOnlyList<string> Values)
{
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var exists = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            PolicyLabelOperator.In => exists && Values.Contains(value!),
            // As in Kubernetes, NotIn also selects an object without the label.
            PolicyLabelOperator.NotIn => !exists || !Values.Contains(value!),
            PolicyLabelOperator.Exists => exists,
            _ => !exists,
        };
    }

    public bool IsSame(PolicyLabelRequirement other) =>
        Key == other.Key && Operator == other.Operator && Values.Order(StringComparer.Ordinal).SequenceEqual(other.Values.Order(StringComparer.Ordinal));
}
