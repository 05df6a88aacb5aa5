using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using AdmissionSdk.Testing.Rules.Responses;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Matching;

namespace AdmissionSdk.Testing.Simulation.Calls;

/// <summary>Calls one webhook: request, deadline in virtual time, hidden retries, envelope checks (contract 4, 6, 8, 9).</summary>
internal sealed class SimulatedWebhookCaller(ObjectConverter converter)
{
    private const int MaxRetries = 10;
    private readonly SimulatedReviewWriter _writer = new(converter);

    /// <exception cref="CallFailedException">The call failed, so failurePolicy decides.</exception>
    public async Task<WebhookResponse> CallAsync(Match match, AdmissionAttributes attributes, WebhookCall call, TimeSpan latency, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var webhook = match.Webhook;
        var version = webhook.ReviewVersions.FirstOrDefault(candidate => candidate is "v1" or "v1beta1")
            ?? throw new CallFailedException("could not create admission objects: webhook does not accept known AdmissionReview versions (v1, v1beta1)");
        CheckCaBundle(webhook.ClientConfig.CaBundle);
        var uid = Guid.NewGuid().ToString();
        var review = _writer.Write(version, match, attributes, uid);
        call.Uid = uid;
        call.Review = review;

        var deadline = webhook.Timeout < remaining ? webhook.Timeout : remaining;
        var url = WebhookUrl.Create(webhook, deadline);
        var display = WebhookUrl.Display(webhook, url);
        var deadlineExceeded = new CallFailedException($"failed to call webhook: Post \"{display}\": context deadline exceeded");
        if (deadline <= TimeSpan.Zero)
        {
            throw deadlineExceeded;
        }

        for (var retries = 0; ; retries++)
        {
            call.Latency += latency;
            call.Attempts++;
            var late = call.Latency >= deadline;
            var response = await ExchangeAsync(webhook.App, url, WebhookUrl.Authority(webhook, url), review, display, late, cancellationToken);
            call.Response = response.Body.Length == 0 ? null : Encoding.UTF8.GetString(response.Body);
            if (late)
            {
                call.Latency = deadline;
                throw deadlineExceeded;
            }

            if (response.RetryAfter is not { } wait || retries == MaxRetries)
            {
                return Interpret(response, version, uid, webhook.Mutating);
            }

            call.Latency += wait;
            if (call.Latency >= deadline)
            {
                // The client sleeps until the deadline, and the next attempt finds that the deadline has passed.
                call.Latency = deadline;
                throw deadlineExceeded;
            }
        }
    }

    private static WebhookResponse Interpret(WebhookHttpResponse response, string version, string uid, bool mutating)
    {
        // A missing Content-Type counts as the requested type. An unreadable Content-Type fails the call before the status is checked.
        var contentType = string.IsNullOrEmpty(response.ContentType) ? "application/json" : response.ContentType;
        if (GoMediaType.TryParse(contentType, out _) is { } problem)
        {
            throw new CallFailedException($"failed to call webhook: Internal error occurred: {problem}");
        }

        if (!HttpStatusText.IsSuccess(response.Code))
        {
            throw new CallFailedException($"failed to call webhook: {HttpStatusText.Describe(response.Code, response.ContentType, response.Body)}");
        }

        if (response.Code == 204 || response.Body.Length == 0)
        {
            throw new CallFailedException($"failed to call webhook: 0-length response with status code: {response.Code} and content type: {contentType}");
        }

        return WebhookResponseReader.Read(response.Body, version, uid, mutating);
    }

    private static async Task<WebhookHttpResponse> ExchangeAsync(HttpMessageInvoker app, Uri url, string authority, string review, string display, bool late, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Target(app, url));
        request.Headers.Host = authority;
        request.Headers.TryAddWithoutValidation("Accept", "application/json, */*");
        request.Headers.TryAddWithoutValidation("User-Agent", "kube-apiserver-admission");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(review));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await app.SendAsync(request, cancellationToken);
            return await ReadAsync(response, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // An unhandled exception of an application in memory is what a broken connection is over a socket.
            return late ? WebhookHttpResponse.None : throw new CallFailedException($"failed to call webhook: Post \"{display}\": {exception.Message}");
        }
    }

    // The application in memory or on a test port keeps the address of the application; path, query and Host are the cluster's.
    private static Uri Target(HttpMessageInvoker app, Uri url) =>
        app is HttpClient { BaseAddress: { } address } ? new Uri(address, url.PathAndQuery) : url;

    private static async Task<WebhookHttpResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (response.Content.Headers.ContentEncoding.Contains("gzip"))
        {
            using var unpacked = new MemoryStream();
            await using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
            await gzip.CopyToAsync(unpacked, cancellationToken);
            body = unpacked.ToArray();
        }

        var code = (int)response.StatusCode;
        var contentType = response.Content.Headers.TryGetValues("Content-Type", out var types) ? string.Join(", ", types) : "";
        var retryAfter = code is 429 or >= 500
            && response.Headers.TryGetValues("Retry-After", out var values)
            && int.TryParse(values.First(), out var seconds) ? TimeSpan.FromSeconds(Math.Max(seconds, 0)) : (TimeSpan?)null;
        return new WebhookHttpResponse(code, contentType, body, retryAfter);
    }

    private static void CheckCaBundle(byte[]? bundle)
    {
        if (bundle is { Length: > 0 } && bundle.AsSpan().IndexOf("-----BEGIN CERTIFICATE-----"u8) < 0)
        {
            throw new CallFailedException("could not get REST client: unable to load root certificates: unable to parse bytes as PEM block");
        }
    }
}
