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
        Start(http, Budget(GoDuration.TryParse(http.Request.Query["timeout"], out var asked) ? asked : webhookTimeout));

    /// <summary>Starts the deadline of a body: callers choose how long a response may take, but not how long a body that trickles in holds memory.</summary>
    public ReviewDeadline StartBody(HttpContext http, ReviewExchange exchange)
    {
        var longest = Budget(exchange.Settings.Timeout);
        return Start(http, longest < exchange.Deadline.Budget ? longest : exchange.Deadline.Budget);
    }

    /// <summary>Starts a deadline of that length, which the caller's disconnect ends too.</summary>
    public ReviewDeadline Start(HttpContext http, TimeSpan budget) => new(budget, time, http.RequestAborted);

    private TimeSpan Budget(TimeSpan timeout)
    {
        // Contract 8.1: the API server gives no webhook more.
        timeout = timeout > Longest ? Longest : timeout;

        // A timeout in the region of the margin leaves half of it to work with.
        var margin = options.Value.DeadlineMargin;
        return timeout - margin > timeout / 2 ? timeout - margin : timeout / 2;
    }
}
