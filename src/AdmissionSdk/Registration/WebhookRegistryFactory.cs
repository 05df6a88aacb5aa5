using AdmissionSdk.Configuration;
using AdmissionSdk.Manifests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Registration;

/// <summary>Makes the registry out of what was added and configured, or refuses to, with all problems in one message.</summary>
internal sealed class WebhookRegistryFactory(
    IEnumerable<WebhookRegistration> registrations, IOptions<AdmissionWebhookOptions> options, ConfiguredWebhooks configuration, IServiceProvider services)
{
    public WebhookRegistry Create()
    {
        var ofOptions = configuration.FindProblems();

        // Problems of the webhooks are found under default options too.
        var usable = ofOptions.Count == 0 ? options.Value : new AdmissionWebhookOptions();
        List<string> problems = [];
        WebhookRegistration[] added = [.. registrations];
        var configured = configuration.Read([.. added.Select(registration => (registration.Name, registration.Type))], problems);
        WebhookDescriptor[] webhooks = [.. added.Zip(configured, (registration, settings) => registration.Build(usable, settings))];
        problems.AddRange(WebhookModelValidator.Validate(webhooks));
        if (ofOptions.Count == 0)
        {
            // Needs options that can be used.
            problems.AddRange(ObjectTypeValidator.Validate(webhooks, services.GetRequiredService<AdmissionJson>()));
        }

        // The API server's refusals are known before it is asked; where the webhook runs makes no difference to these rules.
        problems.AddRange(WebhookConfigurations.Create(webhooks, new ManifestOptions { App = "app" }).SelectMany(WebhookConfigurationValidator.Validate));
        if (problems.Count > 0)
        {
            throw new WebhookRegistrationException([.. ofOptions, .. problems]);
        }

        return ofOptions.Count == 0
            ? new WebhookRegistry(webhooks, usable)
            : throw new OptionsValidationException(Options.DefaultName, typeof(AdmissionWebhookOptions), ofOptions);
    }
}
