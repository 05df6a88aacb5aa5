using AdmissionSdk.Configuration;
using AdmissionSdk.Manifests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Registration;

/// <summary>All webhooks of the application, checked. Everything that is generated or served comes from here.</summary>
public sealed class WebhookRegistry
{
    // Beside the reviews: the server's connections, and whatever else the application stops.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    internal WebhookRegistry(
        IEnumerable<WebhookRegistration> registrations, IOptions<AdmissionWebhookOptions> options, IConfiguration? configuration = null)
    {
        Options = options.Value;
        List<string> problems = [];
        var sources = new WebhookSources(options.Value, configuration, problems);
        Webhooks = [.. registrations.Select(registration => registration.Build(sources))];
        if (configuration is not null)
        {
            WebhookSettings.ReadAll(configuration, Webhooks, problems);
        }

        problems.AddRange(WebhookModelValidator.Validate(Webhooks));
        // What the API server would refuse is known before it is asked; where the webhook runs makes no difference to these rules.
        problems.AddRange(WebhookConfigurations.Create(Webhooks, new ManifestOptions { App = "app" }).SelectMany(WebhookConfigurationValidator.Validate));
        if (problems.Count > 0)
        {
            throw new WebhookRegistrationException(problems);
        }
    }

    /// <summary>The webhooks, in the order in which they were added.</summary>
    public IReadOnlyList<WebhookDescriptor> Webhooks { get; }

    /// <summary>
    /// How long the application may take from SIGTERM to its end: the drain delay, the longest timeout of a webhook, and 10 seconds for all else.
    /// The pod's <c>terminationGracePeriodSeconds</c> must be at least that.
    /// </summary>
    public TimeSpan GracePeriod => GracePeriodFor(Webhooks.Select(webhook => webhook.RegisteredTimeout).DefaultIfEmpty(TimeSpan.Zero).Max());

    internal AdmissionWebhookOptions Options { get; }

    internal TimeSpan GracePeriodFor(TimeSpan longestTimeout) => Options.DrainDelay + longestTimeout + TimeToStop;
}
