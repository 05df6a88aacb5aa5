using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AdmissionSdk.Hosting;
using AdmissionSdk.Reviews;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>Every request that cannot be answered as a review: status and body of each exit.</summary>
/// <remarks>Covers <see cref="AdmissionEndpoint"/>, <see cref="RequestGate"/>, <see cref="RejectionWriter"/>, <see cref="AdmissionReviewReader"/>, <see cref="AdmissionRequestReader"/>, <see cref="UserInfoReader"/>, <see cref="ReviewReadException"/>.</remarks>
public sealed class RefusedRequestTests
{
    private static readonly Task<WebhookHost> Host = WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Allow());

    [Theory]
    [InlineData("", "the request body is empty; expected an AdmissionReview")]
    [InlineData("[]", "the request body is not a JSON object; expected an AdmissionReview")]
    [InlineData("{}", "kind is missing; expected \"AdmissionReview\"")]
    [InlineData("""{"kind":"Pod","apiVersion":"v1"}""", "kind is \"Pod\"; expected \"AdmissionReview\"")]
    [InlineData(
        """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v2"}""",
        "apiVersion is \"admission.k8s.io/v2\"; expected \"admission.k8s.io/v1\" or \"admission.k8s.io/v1beta1\"")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}""", "the AdmissionReview has no request")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":null}""", "the AdmissionReview has no request")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":7}""", "the AdmissionReview's request is not a JSON object")]
    [InlineData(
        """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{}}""",
        "the AdmissionReview's request has no uid, so no answer to it would be accepted")]
    [InlineData(
        """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":""}}""",
        "the AdmissionReview's request has no uid, so no answer to it would be accepted")]
    [InlineData(
        """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"1","object":"text"}}""",
        "the AdmissionReview's request.object is neither a JSON object nor null")]
    [InlineData(
        """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"1","kind":7}}""",
        "the AdmissionReview's request.kind is not a JSON object")]
    [InlineData(
        """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"1","requestResource":7}}""",
        "the AdmissionReview's request.requestResource is not a JSON object")]
    [InlineData(
        """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"1","userInfo":[]}}""",
        "the AdmissionReview's request.userInfo has the wrong JSON type")]
    public async Task Post_NotAReview_Answers400WithTheReason(string body, string line) =>
        (await (await Host).PostAsync(Encoding.UTF8.GetBytes(body))).AssertLine(HttpStatusCode.BadRequest, line);

    [Theory]
    [InlineData("""{"kind":"AdmissionReview",""")]
    [InlineData("""{"kind":"AdmissionReview"}}""")]
    [InlineData("""{"kind":1}""")]
    [InlineData("nonsense")]
    [InlineData("   ")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"1","dryRun":"yes"}}""")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"\ud800"}}""")]
    public async Task Post_MalformedJson_Answers400OnOneLine(string body)
    {
        var answer = await (await Host).PostAsync(Encoding.UTF8.GetBytes(body));

        Assert.Equal((HttpStatusCode.BadRequest, "text/plain; charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.StartsWith("the request body is not a well-formed AdmissionReview: ", answer.Text, StringComparison.Ordinal);
        Assert.Equal(answer.Text.Length - 1, answer.Text.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_UidLongerThanAny_Answers400AndDoesNotEchoIt()
    {
        (await (await Host).PostAsync(TestReviews.CreatePod(review => review.Request()["uid"] = new string('u', 254)))).AssertLine(
            HttpStatusCode.BadRequest, "the AdmissionReview's request.uid is longer than 253 characters");
    }

    [Fact]
    public async Task Post_InvalidUtf8_Answers400()
    {
        var body = TestReviews.CreatePod();
        body[^20] = 0xFF;

        (await (await Host).PostAsync(body)).AssertLine(
            HttpStatusCode.BadRequest, "the request body is not valid UTF-8; expected an AdmissionReview as JSON");
    }

    [Fact]
    public async Task Post_NestedDeeperThanTheApiServerReads_Answers400()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 11_000)) + "1" + new string('}', 11_000);

        var answer = await (await Host).PostAsync(TestReviewWith(deep));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task Post_DuplicateMembers_TheLastCounts()
    {
        // Go's decoder reads duplicate members so.
        var body = Encoding.UTF8.GetString(TestReviews.CreatePod()).Replace("\"request\":{", "\"request\":{\"uid\":\"other\",", StringComparison.Ordinal);

        (await (await Host).PostAsync(Encoding.UTF8.GetBytes(body))).AssertReview();
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/jsonp")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Post_WrongMediaType_Answers415(string? mediaType)
    {
        var content = new ByteArrayContent(TestReviews.CreatePod());
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);

        (await (await Host).PostAsync(content)).AssertLine(
            HttpStatusCode.UnsupportedMediaType, "Content-Type must be application/json in UTF-8");
    }

    [Fact]
    public async Task Post_CompressedBody_Answers415()
    {
        var content = WebhookHost.Json(TestReviews.CreatePod());
        content.Headers.ContentEncoding.Add("gzip");

        (await (await Host).PostAsync(content)).AssertLine(
            HttpStatusCode.UnsupportedMediaType, "Content-Encoding is not supported: send the review uncompressed");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Send_WrongMethod_Answers405AndNamesPost(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/hook");
        using var response = await (await Host).Client.SendAsync(request);

        (await WebhookResponse.ReadAsync(response)).AssertLine(
            HttpStatusCode.MethodNotAllowed, "only POST is allowed here: this is an admission webhook");
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Post_UnknownRoute_Answers404()
    {
        var answer = await (await Host).PostAsync(TestReviews.CreatePod(), "/elsewhere");

        Assert.Equal((HttpStatusCode.NotFound, ""), (answer.Status, answer.Text));
    }

    private static byte[] TestReviewWith(string @object) =>
        Encoding.UTF8.GetBytes("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"1","object":""" + @object + "}}");
}
