using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>An image string and its parts by distribution/reference.</summary>
public sealed record ReferenceVector
{
    private static readonly Lazy<IReadOnlyList<ReferenceVector>> File = new(Read);

    public static IReadOnlyList<ReferenceVector> All => File.Value;

    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("input")]
    public required string Input { get; init; }

    [JsonPropertyName("valid")]
    public required bool Valid { get; init; }

    [JsonPropertyName("domain")]
    public string? Domain { get; init; }

    [JsonPropertyName("path")]
    public string? Path { get; init; }

    [JsonPropertyName("tag")]
    public string? Tag { get; init; }

    [JsonPropertyName("digest")]
    public string? Digest { get; init; }

    [JsonPropertyName("normalized")]
    public string? Normalized { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    public override string ToString() => Id;

    private static List<ReferenceVector> Read() =>
        [.. System.IO.File.ReadLines(System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", "image-refs.jsonl"))
            .Select(line => JsonSerializer.Deserialize<ReferenceVector>(line)!)];
}
