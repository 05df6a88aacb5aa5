using System.Globalization;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Admission;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The stored objects. Callers get copies.</summary>
internal sealed class ObjectStore(ObjectConverter converter)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private long _revision;

    public JsonObject? Find(ResourceInfo resource, string @namespace, string name)
    {
        lock (_gate)
        {
            return _objects.TryGetValue(Key(resource, @namespace, name), out var found)
                ? converter.Convert(found, new ObjectKind(resource.Group, resource.Version, resource.Kind))
                : null;
        }
    }

    /// <summary>Lists the objects of a namespace; all objects if the namespace is empty.</summary>
    public IReadOnlyList<JsonObject> List(ResourceInfo resource, string @namespace)
    {
        lock (_gate)
        {
            var kind = new ObjectKind(resource.Group, resource.Version, resource.Kind);
            var prefix = resource.Namespaced && @namespace.Length == 0 ? $"{resource.EquivalenceKey}\n" : Key(resource, @namespace, "");
            return [.. _objects.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => converter.Convert(entry.Value, kind)!)];
        }
    }

    /// <summary>Stores the object with a new resourceVersion.</summary>
    public void Put(ResourceInfo resource, JsonObject value)
    {
        lock (_gate)
        {
            value.EnsureMetadata()["resourceVersion"] = (++_revision).ToString(CultureInfo.InvariantCulture);
            _objects[Key(resource, value.Namespace(), value.Name())] = value.Clone();
        }
    }

    public void Remove(ResourceInfo resource, string @namespace, string name)
    {
        lock (_gate)
        {
            _objects.Remove(Key(resource, @namespace, name));
        }
    }

    private static string Key(ResourceInfo resource, string @namespace, string name) =>
        $"{resource.EquivalenceKey}\n{(resource.Namespaced ? @namespace : "")}\n{name}";
}
