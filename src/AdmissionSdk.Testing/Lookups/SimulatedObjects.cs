using System.Text.Json.Nodes;
using AdmissionSdk.Cluster;
using AdmissionSdk.Testing.Simulation;

namespace AdmissionSdk.Testing.Lookups;

/// <summary>The objects that a simulated API server stores.</summary>
internal sealed class SimulatedObjects(SimulatedApiServer server) : IObjectSource
{
    public JsonObject? Find(ResourcePath path) => server.Find(path.Group, path.Version, path.Resource, path.Namespace, path.Name);

    public IEnumerable<JsonObject> List(ResourcePath path) => server.List(path.Group, path.Version, path.Resource, path.Namespace);
}
