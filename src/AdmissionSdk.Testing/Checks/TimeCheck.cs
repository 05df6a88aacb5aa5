using System.Globalization;
using AdmissionSdk.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Checks;

/// <summary>Checks that the webhook decides within its timeout, on the clock of the application.</summary>
internal static class TimeCheck
{
    public static PropertyCheck Of(Target target)
    {
        var time = target.Host.Services.GetService<TimeProvider>() ?? TimeProvider.System;
        var timeout = WebhookTarget.Find(target.Host.Webhooks, target.Webhook).Timeout;
        return async review =>
        {
            var start = time.GetTimestamp();
            var outcome = await target.SendAsync(review);
            var elapsed = time.GetElapsedTime(start);
            // The SDK gives up on a handler shortly before the API server would; the failure then has these words.
            return elapsed <= timeout && outcome.Failure?.Contains("no decision within", StringComparison.Ordinal) != true
                ? null
                : new(string.Create(CultureInfo.InvariantCulture, $"The webhook took {elapsed.TotalSeconds:0.###} s, its timeout is {timeout.TotalSeconds:0.###} s: {outcome.Summary}."), review);
        };
    }
}
