using AdmissionSdk.Dispatch;
using AdmissionSdk.Memory;
using AdmissionSdk.Observability;
using AdmissionSdk.Reviews;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>Reads bodies into their exchanges, within the limits on one body, on all bodies together, and on time.</summary>
internal sealed class BodyReader(BodyBudget budget, DeadlineClock clock, IOptions<AdmissionWebhookOptions> options)
{
    private readonly int _limit = options.Value.MaxRequestBodyBytes;

    /// <summary>The answer to a request that the process lacks the memory for.</summary>
    public static Rejection BudgetExceeded { get; } = new(
        StatusCodes.Status503ServiceUnavailable, RejectionReasons.BytesInFlight, "too many request bytes are being worked on");

    public BodyBudget Budget => budget;

    private Rejection TooLarge => new(
        StatusCodes.Status413PayloadTooLarge, RejectionReasons.TooLarge, $"the request body is larger than {_limit} bytes");

    /// <returns>Null when the exchange has the body.</returns>
    public async ValueTask<Rejection?> ReadAsync(HttpContext http, ReviewExchange exchange)
    {
        var isTooLarge = http.Request.ContentLength > _limit;
        if (isTooLarge && exchange.Settings.OnTooLarge == TooLargePolicy.Fail)
        {
            return TooLarge;
        }

        LiftServerLimit(http);
        using var shorter = clock.StartBody(http, exchange);
        var arrival = shorter ?? exchange.Deadline;
        try
        {
            if (isTooLarge)
            {
                exchange.Head = await ReadHeadAsync(http.Request.Body, arrival.Token);
                return TooLarge;
            }

            return await FillAsync(http.Request.Body, exchange, arrival.Token);
        }
        catch (OperationCanceledException) when (arrival.Token.IsCancellationRequested)
        {
            const string line = "the request body did not arrive within the timeout";
            return arrival.IsDisconnected
                ? new(StatusCodes.Status499ClientClosedRequest, RejectionReasons.Interrupted, line)
                : new(StatusCodes.Status408RequestTimeout, RejectionReasons.SlowBody, line);
        }
        catch (BadHttpRequestException exception)
        {
            return new(exception.StatusCode, RejectionReasons.Interrupted, "the request body could not be read");
        }
        catch (IOException)
        {
            return new(StatusCodes.Status499ClientClosedRequest, RejectionReasons.Interrupted, Line: null);
        }
    }

    private async ValueTask<Rejection?> FillAsync(Stream stream, ReviewExchange exchange, CancellationToken cancellationToken)
    {
        var wantsHead = exchange.Settings.OnTooLarge == TooLargePolicy.Deny;
        var (body, error) = await RequestBody.ReadAsync(
            stream, budget, _limit, cancellationToken, wantsHead ? unread => exchange.Head = ReviewHead.Read(unread.Memory.Span) : null);
        if (body is null)
        {
            if (wantsHead && error == RequestBodyError.BudgetExceeded)
            {
                exchange.Head ??= await ReadHeadAsync(stream, cancellationToken);
            }

            return error == RequestBodyError.TooLarge ? TooLarge : BudgetExceeded;
        }

        exchange.Receive(body.Memory, body, body);
        if (body.TryCharge(DecodingCost.OfIndex(body.Memory.Span)))
        {
            return null;
        }

        exchange.Head = wantsHead ? ReviewHead.Read(body.Memory.Span) : null;
        return BudgetExceeded;
    }

    // Few bytes of a body that nobody reads are all that is held of it.
    private static async ValueTask<AdmissionRequest?> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var start = new byte[ReviewHead.Length];
        var length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return ReviewHead.Read(start.AsSpan(0, length));
    }

    // The bytes are counted here, against our own limit.
    private static void LiftServerLimit(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }
    }
}
