using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>The reviews that are sent: CREATE of a pod with five images, recorded from a real API server, and a larger one made of it.</summary>
internal sealed class ReviewFiles : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("admission-load").FullName;

    /// <summary>A review of 10 KB.</summary>
    public string Recorded { get; } = Path.Combine(AppContext.BaseDirectory, "Fixtures", "create-pods-large.json");

    /// <returns>A file with a review whose pod has so many bytes.</returns>
    public string OfSize(int bytes)
    {
        var review = JsonNode.Parse(File.ReadAllBytes(Recorded))!;
        review["request"]!["object"] = JsonNode.Parse(RecordedPods.Repeated(Encoding.UTF8.GetBytes(review["request"]!["object"]!.ToJsonString()), bytes));
        var file = Path.Combine(_directory, $"{bytes}.json");
        File.WriteAllText(file, review.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        return file;
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
