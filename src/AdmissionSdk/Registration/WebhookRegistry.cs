using AdmissionSdk.Manifests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Registration;

/// <summary>All webhooks of the application, checked. Everything that is generated or served comes from here.</summary>
public sealed class WebhookRegistry
{
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

    internal AdmissionWebhookOptions Options { get; }
}
