using Microsoft.Extensions.Options;

namespace AdmissionSdk.Registration;

/// <summary>All webhooks of the application, checked. Everything that is generated or served comes from here.</summary>
public sealed class WebhookRegistry
{
    internal WebhookRegistry(IEnumerable<WebhookRegistration> registrations, IOptions<AdmissionWebhookOptions> options)
    {
        Webhooks = [.. registrations.Select(registration => registration.Build(options.Value))];
        var problems = WebhookModelValidator.Validate(Webhooks);
        if (problems.Count > 0)
        {
            throw new WebhookRegistrationException(problems);
        }
    }

    /// <summary>The webhooks, in the order in which they were added.</summary>
    public IReadOnlyList<WebhookDescriptor> Webhooks { get; }
}
