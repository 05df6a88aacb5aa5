using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Benchmarks;

/// <summary>Pods recorded from a real API server, and a pod of a megabyte, made of the larger one by repeating its containers.</summary>
internal static class RecordedPods
{
    private static readonly Dictionary<string, byte[]> Cache = [];

    public static byte[] Json(string name)
    {
        if (!Cache.TryGetValue(name, out var json))
        {
            Cache[name] = json = name switch
            {
                "2 KB" => Recorded("create-pods.json"),
                "10 KB" => Recorded("create-pods-large.json"),
                "1 MB" => Repeated(Recorded("create-pods-large.json"), 1024 * 1024),
                _ => throw new ArgumentOutOfRangeException(nameof(name)),
            };
        }

        return json;
    }

    /// <returns>The pod with its containers repeated until there are so many bytes.</returns>
    public static byte[] Repeated(byte[] json, int size)
    {
        var pod = JsonNode.Parse(json)!;
        var containers = pod["spec"]!["containers"]!.AsArray();
        JsonNode[] originals = [.. containers.Select(container => container!)];
        var length = json.Length;
        for (var i = 0; length < size; i++)
        {
            var copy = originals[i % originals.Length].DeepClone();
            copy["name"] = $"c{i}";
            containers.Add(copy);
            length += copy.ToJsonString().Length + 1;
        }

        return System.Text.Encoding.UTF8.GetBytes(pod.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    private static byte[] Recorded(string file)
    {
        using var review = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", file)));
        return System.Text.Encoding.UTF8.GetBytes(review.RootElement.GetProperty("request").GetProperty("object").GetRawText());
    }
}
