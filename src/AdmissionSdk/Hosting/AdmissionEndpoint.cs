using AdmissionSdk.Contexts;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Observability;
using AdmissionSdk.Reviews;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>
/// The path of one request, and the only class that sees HTTP:
/// (1) caller, method, media type; (2) deadline; (3) body, counted; (4) Reviews reads it; (5) Dispatch decides, running handlers and Patching;
/// (6) Reviews writes the answer. Whatever cannot be answered as a review is a text/plain line, which is what users get to see (contract 9.2).
/// </summary>
internal sealed class AdmissionEndpoint(
    WebhookRuntimes webhooks,
    WebhookDispatcher dispatcher,
    BodyBudget budget,
    DrainState drain,
    CallerGate callers,
    ReviewObserver observer,
    IOptions<AdmissionWebhookOptions> options,
    TimeProvider time)
{
    private readonly AdmissionWebhookOptions _options = options.Value;

    private int _mapped;

    /// <summary>Whether the webhooks are mapped.</summary>
    public bool IsMapped => Volatile.Read(ref _mapped) == 1;

    /// <summary>The webhooks to map, each with its slots.</summary>
    /// <exception cref="InvalidOperationException">They are mapped already: with two endpoints on a path, routing could choose neither.</exception>
    public IReadOnlyList<WebhookRuntime> Map() => Interlocked.Exchange(ref _mapped, 1) == 0
        ? webhooks.All
        : throw new InvalidOperationException("The admission webhooks are mapped already: call app.MapAdmissionWebhooks() once.");

    public async Task HandleAsync(HttpContext http, WebhookRuntime webhook)
    {
        var arrived = time.GetTimestamp();
        PrepareResponse(http);
        if (!drain.TryEnter(http))
        {
            await SendElsewhereAsync(http, webhook);
            return;
        }

        try
        {
            if (drain.Phase != DrainPhase.Serving)
            {
                DrainResponse.AskForNewConnection(http);
            }

            using var deadline = new ReviewDeadline(
                DeadlineBudget.For(http.Request.Query["timeout"], webhook.Settings.Timeout, _options.DeadlineMargin), time, http.RequestAborted);
            await AnswerAsync(http, webhook, deadline, arrived);
        }
        finally
        {
            drain.Leave();
        }
    }

    private async Task AnswerAsync(HttpContext http, WebhookRuntime webhook, ReviewDeadline deadline, long arrived)
    {
        if ((callers.Check(http) ?? RequestGate.Check(http.Request)) is { } refusal)
        {
            await RejectAsync(http, webhook, refusal.Reason, refusal.Status, refusal.Message);
            return;
        }

        var body = await ReadBodyAsync(http, webhook, deadline);
        if (body is null)
        {
            return;
        }

        if (!TryRead(body, out var request, out var error))
        {
            await RejectAsync(http, webhook, RejectionReasons.Malformed, StatusCodes.Status400BadRequest, error);
            return;
        }

        using var observation = Observe(http, webhook, request, body, deadline, arrived);
        var answer = await dispatcher.DispatchAsync(webhook, request, body, deadline);
        observation.Decided(answer);
        await WriteAsync(http, request, answer);
    }

    private ReviewObservation Observe(
        HttpContext http, WebhookRuntime webhook, AdmissionRequest request, RequestBody body, ReviewDeadline deadline, long arrived)
    {
        try
        {
            return observer.Begin(webhook.Name, request, arrived, deadline.Budget, http.Request.Headers);
        }
        catch
        {
            // Whoever listens to metrics, traces and scopes may throw; the body is not Dispatch's yet.
            body.Dispose();
            throw;
        }
    }

    private async Task SendElsewhereAsync(HttpContext http, WebhookRuntime webhook)
    {
        using var patience = new ReviewDeadline(DrainResponse.Patience, time, http.RequestAborted);
        await DrainResponse.DiscardBodyAsync(http, _options.MaxRequestBodyBytes, patience.Token);
        DrainResponse.AskForNewConnection(http);
        DrainResponse.AskToRetry(http);
        await RejectAsync(http, webhook, RejectionReasons.Draining, StatusCodes.Status503ServiceUnavailable, "this replica is stopping");
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

    private Task RejectAsync(HttpContext http, WebhookRuntime webhook, string reason, int status, string line)
    {
        observer.Rejected(webhook.Name, reason, status);
        return PlainText.WriteAsync(http, status, line);
    }

    /// <summary>The body, or null when the request has been answered already.</summary>
    private async ValueTask<RequestBody?> ReadBodyAsync(HttpContext http, WebhookRuntime webhook, ReviewDeadline deadline)
    {
        var tooLarge = $"the request body is larger than {_options.MaxRequestBodyBytes} bytes";
        if (http.Request.ContentLength > _options.MaxRequestBodyBytes)
        {
            await RejectAsync(http, webhook, RejectionReasons.TooLarge, StatusCodes.Status413PayloadTooLarge, tooLarge);
            return null;
        }

        // Whoever calls says how long the answer may take, but not how long a body that trickles in may hold memory.
        var longest = DeadlineBudget.For(default, webhook.Settings.Timeout, _options.DeadlineMargin);
        using var arrival = new ReviewDeadline(longest < deadline.Budget ? longest : deadline.Budget, time, http.RequestAborted);
        try
        {
            var (body, error) = await RequestBody.ReadAsync(http.Request.Body, budget, _options.MaxRequestBodyBytes, arrival.Token);
            if (body is not null && !body.TryCharge(DecodingCost.Of(body.Memory.Span)))
            {
                body.Dispose();
                (body, error) = (null, RequestBodyError.BudgetExceeded);
            }

            switch (error)
            {
                case RequestBodyError.TooLarge:
                    await RejectAsync(http, webhook, RejectionReasons.TooLarge, StatusCodes.Status413PayloadTooLarge, tooLarge);
                    break;
                case RequestBodyError.BudgetExceeded:
                    await RejectAsync(
                        http, webhook, RejectionReasons.BytesInFlight, StatusCodes.Status503ServiceUnavailable, "too many request bytes are being worked on");
                    break;
            }

            return body;
        }
        catch (OperationCanceledException) when (arrival.Token.IsCancellationRequested)
        {
            var (reason, status) = arrival.IsDisconnected
                ? (RejectionReasons.Interrupted, StatusCodes.Status499ClientClosedRequest)
                : (RejectionReasons.SlowBody, StatusCodes.Status408RequestTimeout);
            await RejectAsync(http, webhook, reason, status, "the request body did not arrive within the timeout");
            return null;
        }
        catch (BadHttpRequestException exception)
        {
            await RejectAsync(http, webhook, RejectionReasons.Interrupted, exception.StatusCode, "the request body could not be read");
            return null;
        }
        catch (IOException)
        {
            // The caller is gone; nobody reads an answer.
            observer.Rejected(webhook.Name, RejectionReasons.Interrupted, StatusCodes.Status499ClientClosedRequest);
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
