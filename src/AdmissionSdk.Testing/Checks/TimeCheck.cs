using System.Globalization;
using AdmissionSdk.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Checks;

/// <summary>The webhook decides within the time that the API server gives it, on the clock of the application.</summary>
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
            // The SDK gives up on a handler shortly before the API server would, and says so.
            return elapsed <= timeout && outcome.Failure?.Contains("no decision within", StringComparison.Ordinal) != true
                ? null
                : new(string.Create(CultureInfo.InvariantCulture, $"It took {elapsed.TotalSeconds:0.###} s of the {timeout.TotalSeconds:0.###} s there are: {outcome.Summary}."), review);
        };
    }
}
