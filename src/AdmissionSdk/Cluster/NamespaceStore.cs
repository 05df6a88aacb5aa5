using System.Collections.Concurrent;
using System.Collections.Frozen;
using k8s.Models;

namespace AdmissionSdk.Cluster;

/// <summary>The labels of namespaces in memory, up to a capacity.</summary>
internal sealed class NamespaceStore(int capacity, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, NamespaceLabels> _namespaces = new(StringComparer.Ordinal);
    private long _heard;

    public int Count => _namespaces.Count;

    /// <summary>True once a list has arrived.</summary>
    public bool IsFilled => Volatile.Read(ref _heard) != 0;

    public NamespaceLabels? Find(string name) => _namespaces.GetValueOrDefault(name);

    /// <summary>True if the last contact with the cluster is at most <paramref name="age"/> ago.</summary>
    public bool IsFresh(TimeSpan age) => Volatile.Read(ref _heard) is var heard and not 0 && time.GetElapsedTime(heard) <= age;

    /// <summary>Records that the connection to the cluster is alive.</summary>
    public void Heard() => Volatile.Write(ref _heard, time.GetTimestamp());

    /// <summary>Replaces a namespace, or adds a new namespace while there is room.</summary>
    public void Put(V1Namespace @namespace)
    {
        var name = @namespace.Metadata.Name;
        if (_namespaces.Count < capacity || _namespaces.ContainsKey(name))
        {
            _namespaces[name] = Labels(@namespace);
        }
    }

    public void Remove(V1Namespace @namespace) => _namespaces.TryRemove(@namespace.Metadata.Name, out _);

    /// <summary>Removes all namespaces that a complete list lacks.</summary>
    public void KeepOnly(IReadOnlySet<string> names)
    {
        foreach (var name in _namespaces.Keys.Where(name => !names.Contains(name)))
        {
            _namespaces.TryRemove(name, out _);
        }
    }

    public static NamespaceLabels Labels(V1Namespace @namespace) => new(
        @namespace.Metadata.Name,
        (@namespace.Metadata.Labels ?? new Dictionary<string, string>()).ToFrozenDictionary(StringComparer.Ordinal));
}
