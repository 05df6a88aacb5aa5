using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The API server's treatment of ConfigMaps, Pods and Namespaces besides admission, as far as the scenarios need the treatment.</summary>
internal static class TypedSteps
{
    private static readonly Dictionary<string, string[]> Members = new()
    {
        ["ConfigMap"] = ["apiVersion", "kind", "metadata", "data", "binaryData", "immutable"],
        ["Pod"] = ["apiVersion", "kind", "metadata", "spec", "status"],
        ["Namespace"] = ["apiVersion", "kind", "metadata", "spec", "status"],
    };

    public static SimulatedApiServerOptions Options(Version version) => new()
    {
        KubernetesVersion = version,
        Decode = Decode,
        Default = Default,
        Authorize = ScenarioAuthorizer.Authorize,
        Validate = Validate,
        PrepareForStorage = PrepareForStorage,
    };

    private static JsonObject Decode(JsonObject json)
    {
        var kind = json["kind"]?.GetValue<string>() ?? "";
        if (Members.TryGetValue(kind, out var members))
        {
            foreach (var name in json.Select(member => member.Key).Except(members).ToList())
            {
                json.Remove(name);
            }
        }

        foreach (var (name, value) in json["data"] as JsonObject ?? [])
        {
            if (value is not JsonValue text || text.GetValueKind() != JsonValueKind.String)
            {
                throw new FormatException($"json: cannot unmarshal number into Go struct field ConfigMap.data of type string ({name})");
            }
        }

        // Maps without entries are not written (omitempty).
        foreach (var name in new[] { "data", "binaryData" }.Where(name => json[name] is JsonObject { Count: 0 }))
        {
            json.Remove(name);
        }

        return json;
    }

    private static IEnumerable<V1StatusCause> Validate(JsonObject json, JsonObject? old)
    {
        foreach (var (_, value) in json["metadata"]?["labels"] as JsonObject ?? [])
        {
            if (value!.GetValue<string>() is var text && text.Contains(' ', StringComparison.Ordinal))
            {
                yield return new V1StatusCause { Field = "metadata.labels", Reason = "FieldValueInvalid", Message = $"Invalid value: \"{text}\": a valid label must be …" };
            }
        }
    }

    private static void Default(JsonObject json)
    {
        if (json["kind"]?.GetValue<string>() == "Namespace")
        {
            json["status"] ??= new JsonObject { ["phase"] = "Active" };
        }
    }

    private static void PrepareForStorage(JsonObject json)
    {
        switch (json["kind"]?.GetValue<string>())
        {
            case "Pod":
                json["status"] ??= new JsonObject { ["phase"] = "Pending", ["qosClass"] = "BestEffort" };
                break;
            case "Namespace":
                json["spec"] ??= new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
                json["status"] ??= new JsonObject { ["phase"] = "Active" };
                break;
        }
    }
}
