using System.Text;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Tests.Support;

/// <summary>The first review of every verb of every resource and subresource that kube-apiserver 1.20 offers, as recorded.</summary>
internal static class CorpusReviews
{
    public static IReadOnlyList<(string Key, byte[] Body)> All { get; } =
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "reviews-1.20", "corpus.tsv"))
            .Select(line => line.Split('\t', 2)).Select(cells => (cells[0], Encoding.UTF8.GetBytes(cells[1]))),
    ];

    /// <summary>The group, version and kind of the objects in a review.</summary>
    public static (string Group, string Version, string Kind) KindOf(byte[] body)
    {
        var kind = JsonNode.Parse(body)!["request"]!["kind"]!;
        return ((string)kind["group"]!, (string)kind["version"]!, (string)kind["kind"]!);
    }

    public static string Uid(byte[] body) => (string)JsonNode.Parse(body)!["request"]!["uid"]!;
}
