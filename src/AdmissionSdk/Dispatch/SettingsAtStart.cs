using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Dispatch;

/// <summary>Refuses to start with webhooks, or settings of webhooks, that cannot work; logs the settings that differ from the code's.</summary>
internal sealed class SettingsAtStart(WebhookRuntimes webhooks) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        webhooks.LogFirst();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
