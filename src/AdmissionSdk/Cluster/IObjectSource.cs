using System.Text.Json.Nodes;

namespace AdmissionSdk.Cluster;

/// <summary>Objects that stand in for those of a cluster.</summary>
internal interface IObjectSource
{
    /// <summary>Finds an object; null if the object does not exist.</summary>
    /// <exception cref="LookupUnknownException">Nobody can tell.</exception>
    JsonObject? Find(ResourcePath path);

    /// <summary>Lists the objects of a resource, in a namespace or in all.</summary>
    /// <exception cref="LookupUnknownException">Nobody can tell.</exception>
    IEnumerable<JsonObject> List(ResourcePath path);
}
