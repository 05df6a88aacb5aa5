using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Reviews;

/// <summary>An object of a review, read from a model, text or JSON, with kind and apiVersion in front as the API server writes objects (contract 4.9).</summary>
internal sealed record ReviewObject(JsonObject Json, Type? Model)
{
    public GroupVersionKind Kind => KindNames.Read(Json);

    /// <exception cref="ArgumentException">The source holds no object with apiVersion and kind.</exception>
    public static ReviewObject Read(object source)
    {
        var (json, model) = ReadAny(source);
        if (string.IsNullOrEmpty(json.Text("apiVersion")) || string.IsNullOrEmpty(json.Text("kind")))
        {
            throw new ArgumentException(
                "The object has no apiVersion and kind: set them, or put KubernetesClient's [KubernetesEntity] on its class.", nameof(source));
        }

        return UnsendableNumber.Find(json) is { } number
            ? throw new ArgumentException($"The object has the number {number}, which the API server cannot hold: numbers have 64 bits.", nameof(source))
            : new(Normalise(json), model);
    }

    /// <summary>Reads a request's options, and fills in kind and apiVersion (contract 4.8).</summary>
    /// <exception cref="ArgumentException">The source holds no object.</exception>
    public static JsonObject ReadOptions(object source, string kind)
    {
        var json = ReadAny(source).Json;
        // Models carry the version of their API group; the API server always sends meta.k8s.io/v1.
        json["apiVersion"] = "meta.k8s.io/v1";
        json["kind"] ??= kind;
        return Normalise(json);
    }

    private static (JsonObject Json, Type? Model) ReadAny(object source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source switch
        {
            string text => (TestObjectReader.Read(text), null),
            byte[] bytes => (TestObjectReader.Read(Encoding.UTF8.GetString(bytes)), null),
            JsonObject node => (node.Clone(), null),
            JsonElement element => (TestObjectReader.Read(element.GetRawText()), null),
            _ => (FromModel(source), source.GetType()),
        };
    }

    private static JsonObject FromModel(object model)
    {
        var json = TestObjectReader.FromModel(model);
        var type = model.GetType();
        if (type.Namespace == typeof(Models.PodExecOptions).Namespace)
        {
            json["apiVersion"] ??= "v1";
            json["kind"] ??= type.Name;
        }

        return json;
    }

    private static JsonObject Normalise(JsonObject json)
    {
        var result = new JsonObject { ["kind"] = json["kind"]!.DeepClone(), ["apiVersion"] = json["apiVersion"]!.DeepClone() };
        foreach (var (name, value) in json)
        {
            if (name is not ("kind" or "apiVersion"))
            {
                result[name] = value?.DeepClone();
            }
        }

        return result;
    }
}
