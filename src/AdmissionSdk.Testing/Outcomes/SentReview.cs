using System.Text.Json;

namespace AdmissionSdk.Testing.Outcomes;

/// <summary>What is needed of the review that was sent; it may be anything, since tests send broken ones too.</summary>
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
            // No JSON, or text that is no UTF-8.
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
