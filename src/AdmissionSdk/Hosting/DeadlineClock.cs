using AdmissionSdk.Configuration;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>Starts deadlines: the request's <c>?timeout=</c>, else the webhook's own timeout, less a margin for the way back (contract 8.2).</summary>
internal sealed class DeadlineClock(IOptions<AdmissionWebhookOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(WebhookSettings.LongestTimeout);

    /// <summary>The time now, for <see cref="TimeProvider.GetElapsedTime(long)"/>.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>Starts the deadline of a review.</summary>
    public ReviewDeadline StartReview(HttpContext http, TimeSpan webhookTimeout) =>
        Start(http, Budget(GoDuration.TryParse(ReadTimeout(http.Request), out var asked) ? asked : webhookTimeout));

    /// <summary>
    /// Starts the deadline of a body, if it is shorter than the review's: callers choose how long a response may take, but not how long a body that trickles
    /// in holds memory.
    /// </summary>
    /// <returns>Null if the review's own deadline will do.</returns>
    public ReviewDeadline? StartBody(HttpContext http, ReviewExchange exchange)
    {
        var longest = Budget(exchange.Settings.Timeout);
        return longest < exchange.Deadline.Budget ? Start(http, longest) : null;
    }

    /// <summary>Starts a deadline of that length, which the caller's disconnect ends too.</summary>
    public ReviewDeadline Start(HttpContext http, TimeSpan budget) => new(budget, time, http.RequestAborted);

    // The API server sends the one parameter (contract 8.2); a query of more parameters is taken apart.
    private static string? ReadTimeout(HttpRequest request) =>
        request.QueryString.Value is [_, ..] query && query.StartsWith("?timeout=", StringComparison.Ordinal) && query.AsSpan().IndexOfAny("&%+") < 0
            ? query["?timeout=".Length..]
            : request.Query["timeout"];

    private TimeSpan Budget(TimeSpan timeout)
    {
        // Contract 8.1: the API server gives no webhook more.
        timeout = timeout > Longest ? Longest : timeout;

        // A timeout in the region of the margin leaves half of it to work with.
        var margin = options.Value.DeadlineMargin;
        return timeout - margin > timeout / 2 ? timeout - margin : timeout / 2;
    }
}
