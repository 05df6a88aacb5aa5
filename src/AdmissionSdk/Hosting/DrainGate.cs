using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>Counts requests in and out while the application serves, and sends them elsewhere when it stops.</summary>
internal sealed class DrainGate(DrainState drain, DeadlineClock clock, RejectionWriter rejections, IOptions<AdmissionWebhookOptions> options)
{
    /// <summary>Runs <paramref name="serve"/>, or asks the API server to try another replica.</summary>
    public async Task RunAsync(HttpContext http, string webhook, Func<Task> serve)
    {
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

            await serve();
        }
        finally
        {
            drain.Leave();
        }
    }

    private async Task SendElsewhereAsync(HttpContext http, string webhook)
    {
        using var patience = clock.Start(http, DrainResponse.Patience);
        await DrainResponse.DiscardBodyAsync(http, options.Value.MaxRequestBodyBytes, patience.Token);
        DrainResponse.AskForNewConnection(http);
        DrainResponse.AskToRetry(http);
        await rejections.WriteAsync(http, webhook, new(StatusCodes.Status503ServiceUnavailable, RejectionReasons.Draining, "this replica is stopping"));
    }
}
