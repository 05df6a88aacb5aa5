using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;

namespace AdmissionSdk.Testing.Rules.Json;

/// <summary>Reads an object that a test wrote (JSON, YAML, a model) into a new JSON object, with apiVersion and kind.</summary>
internal static class TestObjectReader
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 10_000 };

    /// <exception cref="ArgumentException">The text is not one JSON or YAML object.</exception>
    public static JsonObject Read(string jsonOrYaml)
    {
        var documents = ReadAll(jsonOrYaml);
        return documents.Count == 1
            ? documents[0]
            : throw new ArgumentException($"One object was expected, the text holds {documents.Count}.", nameof(jsonOrYaml));
    }

    /// <exception cref="ArgumentException">The text holds a value that is not an object.</exception>
    public static IReadOnlyList<JsonObject> ReadAll(string jsonOrYaml)
    {
        try
        {
            var nodes = jsonOrYaml.AsSpan().TrimStart().StartsWith("{") ? ReadBraces(jsonOrYaml) : ApiServerYamlReader.ReadAll(jsonOrYaml);
            return [.. nodes.Where(node => node is not null).Select(node => node as JsonObject ?? throw new FormatException("the text is not an object"))];
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new ArgumentException($"The text is neither a JSON nor a YAML object: {exception.Message}", nameof(jsonOrYaml), exception);
        }
    }

    // YAML's flow style starts like JSON.
    private static IReadOnlyList<JsonNode?> ReadBraces(string jsonOrYaml)
    {
        try
        {
            return [JsonNode.Parse(jsonOrYaml, documentOptions: Deep)];
        }
        catch (JsonException json)
        {
            try
            {
                return ApiServerYamlReader.ReadAll(jsonOrYaml);
            }
            catch (FormatException)
            {
                throw new FormatException(json.Message, json);
            }
        }
    }

    public static JsonObject FromModel(object model)
    {
        var json = Parse(AdmissionJson.Default.Serialize(model));
        if (model.GetType().GetCustomAttribute<KubernetesEntityAttribute>() is { } entity)
        {
            json["apiVersion"] ??= string.IsNullOrEmpty(entity.Group) ? entity.ApiVersion : $"{entity.Group}/{entity.ApiVersion}";
            json["kind"] ??= entity.Kind;
        }

        return json;
    }

    public static JsonObject Clone(this JsonObject json) => json.DeepClone().AsObject();

    public static JsonObject Parse(string json) => JsonNode.Parse(json, documentOptions: Deep)!.AsObject();
}
