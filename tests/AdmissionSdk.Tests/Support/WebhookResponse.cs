using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Tests.Support;

/// <summary>A response over HTTP.</summary>
internal sealed record WebhookResponse(HttpStatusCode Status, string? ContentType, HttpResponseHeaders Headers, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonObject Review => JsonNode.Parse(Bytes)!.AsObject();

    public JsonObject Response => Review["response"]!.AsObject();

    public static async Task<WebhookResponse> ReadAsync(HttpResponseMessage response) =>
        new(response.StatusCode, response.Content.Headers.ContentType?.ToString(), response.Headers, await response.Content.ReadAsByteArrayAsync());

    /// <summary>Asserts an answered review: 200, JSON, no byte order mark, the uid echoed. Returns the member response.</summary>
    public JsonObject AssertReview(string uid = TestReviews.PodUid, string apiVersion = "admission.k8s.io/v1")
    {
        Assert.True(Status == HttpStatusCode.OK && ContentType == "application/json", $"{Status} {ContentType}: {Text}");
        Assert.Equal((byte)'{', Bytes[0]);
        Assert.Equal(["apiVersion", "kind", "response"], Review.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("AdmissionReview", apiVersion), (Review["kind"]!.GetValue<string>(), Review["apiVersion"]!.GetValue<string>()));
        Assert.Equal(uid, Response["uid"]!.GetValue<string>());
        AssertNoRetry();
        return Response;
    }

    /// <summary>Asserts an error: one line of plain text with a status.</summary>
    public void AssertLine(HttpStatusCode status, string line)
    {
        Assert.Equal((status, "text/plain; charset=utf-8", line + "\n"), (Status, ContentType, Text));
        AssertNoRetry();
    }

    // Contract 8.4: with Retry-After the API server would send the review again.
    private void AssertNoRetry()
    {
        Assert.Null(Headers.RetryAfter);
        Assert.Null(Headers.Location);
    }
}
