using k8s.Models;

namespace AdmissionSdk.Registration;

/// <summary>Selects by labels; all requirements must hold.</summary>
public sealed class LabelSelectorBuilder
{
    private readonly List<V1LabelSelectorRequirement> _requirements = [];
    private readonly BuildGuard _guard = new("The selector");

    internal LabelSelectorBuilder()
    {
    }

    /// <summary>The label has this value.</summary>
    /// <param name="key">The label's key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This builder.</returns>
    public LabelSelectorBuilder Is(string key, string value) => Add(key, "In", [value]);

    /// <summary>The label has one of these values.</summary>
    /// <param name="key">The label's key.</param>
    /// <param name="values">Its values; at least one.</param>
    /// <returns>This builder.</returns>
    public LabelSelectorBuilder In(string key, params IReadOnlyList<string> values) => Add(key, "In", values);

    /// <summary>The label is missing, or has none of these values.</summary>
    /// <param name="key">The label's key.</param>
    /// <param name="values">The values; at least one.</param>
    /// <returns>This builder.</returns>
    public LabelSelectorBuilder NotIn(string key, params IReadOnlyList<string> values) => Add(key, "NotIn", values);

    /// <summary>The label exists, with whatever value.</summary>
    /// <param name="key">The label's key.</param>
    /// <returns>This builder.</returns>
    public LabelSelectorBuilder Exists(string key) => Add(key, "Exists", []);

    /// <summary>The label is missing.</summary>
    /// <param name="key">The label's key.</param>
    /// <returns>This builder.</returns>
    public LabelSelectorBuilder DoesNotExist(string key) => Add(key, "DoesNotExist", []);

    internal V1LabelSelector Build()
    {
        _guard.Close();
        return new() { MatchExpressions = [.. _requirements] };
    }

    private LabelSelectorBuilder Add(string key, string @operator, IReadOnlyList<string> values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ArgumentNullException.ThrowIfNull(values);
        _guard.Check();
        _requirements.Add(new V1LabelSelectorRequirement
        {
            Key = key,
            OperatorProperty = @operator,
            Values = values.Count == 0 ? null : [.. values],
        });
        return this;
    }
}
