using AdmissionSdk.Dispatch;
using AdmissionSdk.Registration;
using AdmissionSdk.Reviews;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>
/// The path of one request, and the only class that sees HTTP:
/// (1) method, media type; (2) deadline; (3) body, counted; (4) Reviews reads it; (5) Dispatch decides, running handlers and Patching;
/// (6) Reviews writes the answer. Whatever cannot be answered as a review is a text/plain line, which is what users get to see (contract 9.2).
/// </summary>
internal sealed class AdmissionEndpoint(
    WebhookRegistry registry, WebhookDispatcher dispatcher, BodyBudget budget, IOptions<AdmissionWebhookOptions> options, TimeProvider time)
{
    private readonly AdmissionWebhookOptions _options = options.Value;

    /// <summary>The webhooks to map, each with its slots.</summary>
    public IReadOnlyList<WebhookRuntime> Webhooks { get; } = [.. registry.Webhooks.Select(webhook => new WebhookRuntime(webhook))];

    public async Task HandleAsync(HttpContext http, WebhookRuntime webhook)
    {
        PrepareResponse(http);
        if (RequestGate.Check(http.Request) is { } refusal)
        {
            await PlainText.WriteAsync(http, refusal.Status, refusal.Message);
            return;
        }

        using var deadline = new ReviewDeadline(
            DeadlineBudget.For(http.Request.Query["timeout"], webhook.Descriptor.Timeout, _options.DeadlineMargin), time, http.RequestAborted);
        var body = await ReadBodyAsync(http, deadline);
        if (body is null)
        {
            return;
        }

        if (!TryRead(body, out var request, out var error))
        {
            await PlainText.WriteAsync(http, StatusCodes.Status400BadRequest, error);
            return;
        }

        var answer = await dispatcher.DispatchAsync(webhook, request, body, deadline);
        await WriteAsync(http, request, answer);
    }

    private static void PrepareResponse(HttpContext http)
    {
        // The API server sends "Accept-Encoding: gzip"; an answer is small, and compression middleware must not touch it.
        http.Request.Headers.AcceptEncoding = default;
        http.Response.Headers.CacheControl = "no-store";

        // We count the bytes ourselves, against our own limit.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }
    }

    /// <summary>The body, or null when the request has been answered already.</summary>
    private async ValueTask<RequestBody?> ReadBodyAsync(HttpContext http, ReviewDeadline deadline)
    {
        var tooLarge = $"the request body is larger than {_options.MaxRequestBodyBytes} bytes";
        if (http.Request.ContentLength > _options.MaxRequestBodyBytes)
        {
            await PlainText.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, tooLarge);
            return null;
        }

        try
        {
            var (body, error) = await RequestBody.ReadAsync(http.Request.Body, budget, _options.MaxRequestBodyBytes, deadline.Token);
            switch (error)
            {
                case RequestBodyError.TooLarge:
                    await PlainText.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, tooLarge);
                    break;
                case RequestBodyError.BudgetExceeded:
                    await PlainText.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "too many request bytes are being worked on");
                    break;
            }

            return body;
        }
        catch (OperationCanceledException) when (deadline.Token.IsCancellationRequested)
        {
            await PlainText.WriteAsync(http, StatusCodes.Status408RequestTimeout, "the request body did not arrive within the timeout");
            return null;
        }
        catch (BadHttpRequestException exception)
        {
            await PlainText.WriteAsync(http, exception.StatusCode, "the request body could not be read");
            return null;
        }
        catch (IOException)
        {
            // The caller is gone; nobody reads an answer.
            http.Abort();
            return null;
        }
    }

    /// <summary>Reads the review, or gives the body back and says why not.</summary>
    private static bool TryRead(RequestBody body, out AdmissionRequest request, out string error)
    {
        try
        {
            request = AdmissionReviewReader.Read(body.Memory);
            error = "";
            return true;
        }
        catch (ReviewReadException exception)
        {
            body.Dispose();
            request = null!;
            error = exception.Message;
            return false;
        }
    }

    private static async Task WriteAsync(HttpContext http, AdmissionRequest request, AdmissionAnswer answer)
    {
        if (answer.Decision == AdmissionDecision.Fail)
        {
            await PlainText.WriteAsync(http, StatusCodes.Status500InternalServerError, answer.Message!);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        AdmissionReviewWriter.Write(http.Response.BodyWriter, request, answer);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}
