using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The autoscaling/v1 Scale of an object, which is what webhooks see of a scale request.</summary>
internal static class ScaleView
{
    private static readonly string[] DefaultPath = ["spec", "replicas"];

    public static JsonObject Of(JsonObject parent, ResourceInfo resource)
    {
        var metadata = new JsonObject();
        foreach (var name in new[] { "name", "namespace", "uid", "resourceVersion", "creationTimestamp" })
        {
            if (parent.Metadata()?[name] is { } value)
            {
                metadata[name] = value.DeepClone();
            }
        }

        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = Find(parent, resource)?.DeepClone() ?? 0 },
            ["status"] = new JsonObject { ["replicas"] = (parent["status"] as JsonObject)?["replicas"]?.DeepClone() ?? 0 },
        };
    }

    public static void WriteBack(JsonObject scale, JsonObject parent, ResourceInfo resource)
    {
        var path = resource.ReplicasPath ?? DefaultPath;
        var target = parent;
        foreach (var name in path[..^1])
        {
            if (target[name] is not JsonObject next)
            {
                target[name] = next = [];
            }

            target = next;
        }

        target[path[^1]] = (scale["spec"] as JsonObject)?["replicas"]?.DeepClone() ?? 0;
    }

    private static JsonNode? Find(JsonObject parent, ResourceInfo resource)
    {
        JsonNode? current = parent;
        foreach (var name in resource.ReplicasPath ?? DefaultPath)
        {
            current = (current as JsonObject)?[name];
        }

        return current;
    }
}
