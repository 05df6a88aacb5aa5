using AdmissionSdk.Configuration;
using Microsoft.Extensions.Primitives;

namespace AdmissionSdk.Hosting;

/// <summary>How long a review has: the request's <c>?timeout=</c>, else the webhook's own timeout, less a margin for the way back.</summary>
internal static class DeadlineBudget
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static TimeSpan For(StringValues timeoutParameter, TimeSpan webhookTimeout, TimeSpan margin)
    {
        var timeout = GoDuration.TryParse(timeoutParameter.ToString(), out var asked) ? asked : webhookTimeout;
        if (timeout > Longest)
        {
            // Contract 8.1: no webhook is given more. Whoever says so is not the API server.
            timeout = Longest;
        }

        // A timeout in the region of the margin leaves half of it to work with.
        return timeout - margin > timeout / 2 ? timeout - margin : timeout / 2;
    }
}
