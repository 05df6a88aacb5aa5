using AdmissionSdk.Configuration;
using AdmissionSdk.Model;
using AdmissionSdk.Observability;
using AdmissionSdk.Registration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// All webhooks while the application runs, following the configuration. A wrong value stops the start; later a wrong value is logged, and the settings in force
/// stay, because a typo in a ConfigMap must not change the admission of a cluster.
/// </summary>
internal sealed class WebhookRuntimes : IDisposable
{
    private readonly ConfiguredWebhooks _configured;
    private readonly ILogger<WebhookRuntimes> _logger;
    private readonly IDisposable _subscription;

    public WebhookRuntimes(
        WebhookRegistry registry, IEnumerable<FilterRegistration> filters, ConfiguredWebhooks configured, IConfiguration configuration, ILogger<WebhookRuntimes> logger)
    {
        _configured = configured;
        _logger = logger;
        All = [.. registry.Webhooks.Select(webhook => new WebhookRuntime(webhook, filters))];
        var (settings, problems) = Read();
        if (problems.Count > 0)
        {
            throw new WebhookRegistrationException(problems);
        }

        foreach (var (webhook, next) in All.Zip(settings))
        {
            webhook.Use(next);
        }

        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    public IReadOnlyList<WebhookRuntime> All { get; }

    /// <summary>The longest a review may take now, as far as code and configuration say.</summary>
    public TimeSpan LongestTimeout => All
        .Select(webhook => webhook.Settings.Timeout > webhook.Descriptor.RegisteredTimeout ? webhook.Settings.Timeout : webhook.Descriptor.RegisteredTimeout)
        .DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>Raised after the settings of a webhook changed.</summary>
    public event Action? Changed;

    /// <summary>Logs the settings that the configuration changed before the start. Commands, whose output is for machines, start nothing.</summary>
    public void LogFirst()
    {
        foreach (var webhook in All.Where(webhook => webhook.Settings != EffectiveSettings.Of(webhook.Descriptor)))
        {
            Log(webhook.Settings);
        }
    }

    public void Dispose() => _subscription.Dispose();

    private void Reload()
    {
        var (settings, problems) = Read();
        if (problems.Count > 0)
        {
            _logger.SettingsRefused(string.Join(' ', problems));
            return;
        }

        Apply(settings);
    }

    private void Apply(IReadOnlyList<EffectiveSettings> settings)
    {
        foreach (var (webhook, next) in All.Zip(settings))
        {
            if (webhook.Settings == next)
            {
                continue;
            }

            webhook.Use(next);
            Log(next);
            Changed?.Invoke();
        }
    }

    private (IReadOnlyList<EffectiveSettings> Settings, IReadOnlyList<string> Problems) Read() =>
        _configured.ReadNow([.. All.Select(webhook => webhook.Descriptor)]);

    private void Log(EffectiveSettings settings) =>
        _logger.SettingsInForce(settings.Name, settings.Mode, settings.OnError, settings.OnTooLarge, settings.Timeout, settings.MaxConcurrentReviews);
}
