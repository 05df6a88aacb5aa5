using AdmissionSdk.Dispatch;
using AdmissionSdk.Observability;
using AdmissionSdk.Reviews;
using Microsoft.AspNetCore.Http;

namespace AdmissionSdk.Hosting;

/// <summary>
/// Leads one request through its six steps: (1) caller, method, media type, turn; (2) deadline; (3) body, counted; (4) Reviews reads the body; (5) Dispatch
/// decides, running handlers and Patching; (6) Reviews writes the response. What cannot be answered as a review is a text/plain line, which users get to see
/// (contract 9.2).
/// </summary>
internal sealed class AdmissionEndpoint(
    RequestGate gate, DeadlineClock clock, BodyReader bodies, ObservedDispatcher dispatcher, RejectionWriter rejections)
{
    public async Task HandleAsync(HttpContext http, WebhookRuntime webhook)
    {
        var arrived = clock.Now;

        // The API server sends "Accept-Encoding: gzip"; a response is small, and compression middleware must not touch it.
        http.Request.Headers.AcceptEncoding = default;
        http.Response.Headers.CacheControl = "no-store";

        // (1) Caller, method, media type, and a turn.
        if (!gate.TryEnter(http, out var entered, out var refusal))
        {
            await rejections.WriteAsync(http, webhook.Name, refusal);
            return;
        }

        using var turn = entered;

        // (2) Deadline, by one snapshot of the settings.
        var settings = webhook.Settings;
        using var deadline = clock.StartReview(http, settings.Timeout);
        var exchange = new ReviewExchange(webhook, settings, arrived, deadline) { IsCallerKnown = gate.KnowsCallers, Trace = http.Features.Get<ChainTrace>() };
        Rejection? rejection;
        ReviewOutcome? outcome = null;
        try
        {
            // (3) Body, counted; (4) Reviews reads the body.
            rejection = await ReadAsync(http, exchange);
            if (rejection is null)
            {
                turn.Received();

                // (5) Dispatch decides.
                outcome = await dispatcher.DispatchAsync(exchange, http.Request.Headers);
            }
        }
        finally
        {
            // Nothing but the response is held while a caller takes its time to read.
            bodies.Budget.Take(outcome?.Response.Patch.Length ?? 0);
            exchange.Dispose();
            turn.Decided();
        }

        // (6) Reviews writes the response.
        try
        {
            await (rejection is { } unread
                ? RejectAsync(http, exchange, unread)
                : WriteAsync(http, exchange.Request, outcome!.Response));
        }
        finally
        {
            bodies.Budget.Return(outcome?.Response.Patch.Length ?? 0);
        }
    }

    private async ValueTask<Rejection?> ReadAsync(HttpContext http, ReviewExchange exchange)
    {
        try
        {
            return await bodies.ReadAsync(http, exchange) ?? Read(exchange);
        }
        catch (OutOfMemoryException)
        {
            // The budget is an estimate, and others use the memory too.
            return BodyReader.BudgetExceeded;
        }
    }

    private Task RejectAsync(HttpContext http, ReviewExchange exchange, Rejection rejection)
    {
        if (rejection.Reason is not (RejectionReasons.TooLarge or RejectionReasons.BytesInFlight)
            || FailureResponses.ForUnread(exchange, rejection.Status, rejection.Line!) is not { } denial)
        {
            return rejections.WriteAsync(http, exchange.Webhook.Name, rejection);
        }

        rejections.Note(exchange.Webhook.Name, rejection);
        return ReviewResponse.WriteAsync(http, exchange.Head!, EnforcementFilter.Apply(exchange.Settings.Mode, denial).Response);
    }

    private static Rejection? Read(ReviewExchange exchange)
    {
        try
        {
            exchange.Read();
            return null;
        }
        catch (ReviewReadException exception)
        {
            return new(StatusCodes.Status400BadRequest, RejectionReasons.Malformed, exception.Message);
        }
    }

    private static async Task WriteAsync(HttpContext http, AdmissionRequest request, AdmissionResponse response)
    {
        if (response.Decision == AdmissionDecision.Fail)
        {
            await PlainText.WriteAsync(http, StatusCodes.Status500InternalServerError, response.Message!);
            return;
        }

        await ReviewResponse.WriteAsync(http, request, response);
    }
}
