using System.Text;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Tests.Support;

/// <summary>Reviews to send: recorded ones, and variations of one.</summary>
internal static class TestReviews
{
    public const string PodUid = "1f47f506-f904-41d8-92ba-8386164ed2a7";

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal)!;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures", "reviews-1.36");

    public static byte[] Recorded(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static byte[] CreatePod() => Recorded("create-pods.json");

    /// <summary>The recorded pod creation with something changed.</summary>
    public static byte[] CreatePod(Action<JsonObject> change)
    {
        var review = JsonNode.Parse(CreatePod())!.AsObject();
        change(review);
        return Encoding.UTF8.GetBytes(review.ToJsonString());
    }

    public static JsonObject Request(this JsonObject review) => review["request"]!.AsObject();
}
