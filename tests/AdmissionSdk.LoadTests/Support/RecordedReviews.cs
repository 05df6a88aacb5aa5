using System.Text;
using System.Text.Json.Nodes;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>Recorded reviews.</summary>
internal static class RecordedReviews
{
    public static IReadOnlyList<byte[]> All { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "reviews"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    public static byte[] Pod { get; } = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "reviews", "create-pods.json"));

    public static byte[] PodNamed(string name, string? uid = null)
    {
        var review = JsonNode.Parse(Pod)!;
        review["request"]!["name"] = name;
        review["request"]!["uid"] = uid ?? (string?)review["request"]!["uid"];
        return Encoding.UTF8.GetBytes(review.ToJsonString());
    }
}
