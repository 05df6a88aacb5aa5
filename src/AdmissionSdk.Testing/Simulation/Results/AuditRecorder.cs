using AdmissionSdk.Testing.Rules.Resources;

namespace AdmissionSdk.Testing.Simulation.Results;

/// <summary>The audit annotations of one request (contract 17).</summary>
internal sealed class AuditRecorder
{
    private readonly Dictionary<string, string> _annotations = new(StringComparer.Ordinal);
    private readonly List<string> _dropped = [];

    public IReadOnlyDictionary<string, string> Annotations => _annotations;

    /// <summary>The keys that were refused or already had another value, which the API server only logs.</summary>
    public IReadOnlyList<string> Dropped => _dropped;

    public void Add(string key, string value)
    {
        var wellFormed = key.Split('/').Length == 2 && ApiServerNames.IsQualifiedName(key);
        if (!wellFormed || (!_annotations.TryAdd(key, value) && _annotations[key] != value))
        {
            _dropped.Add(key);
        }
    }
}
