using System.Text.Json;

namespace AdmissionSdk.Testing.Outcomes;

/// <summary>The needed parts of the review that was sent. The review may be broken, since tests send broken reviews too.</summary>
internal sealed record SentReview(string Uid, string Version, string? Object)
{
    private static readonly SentReview Unreadable = new("", "v1", null);

    public static SentReview Read(ReadOnlyMemory<byte> review)
    {
        try
        {
            using var document = JsonDocument.Parse(review, new JsonDocumentOptions { MaxDepth = 10_100 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : Unreadable;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Broken JSON, or text that is not UTF-8.
            return Unreadable;
        }
    }

    private static SentReview Read(JsonElement root)
    {
        var version = Text(root, "apiVersion") == "admission.k8s.io/v1beta1" ? "v1beta1" : "v1";
        if (!root.TryGetProperty("request", out var request) || request.ValueKind != JsonValueKind.Object)
        {
            return Unreadable with { Version = version };
        }

        var @object = request.TryGetProperty("object", out var element) && element.ValueKind == JsonValueKind.Object ? element.GetRawText() : null;
        return new(Text(request, "uid"), version, @object);
    }

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
