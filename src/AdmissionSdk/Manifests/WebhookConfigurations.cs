using AdmissionSdk.Registration;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>Makes the objects that tell the API server when to call the webhooks.</summary>
public static class WebhookConfigurations
{
    /// <summary>Makes one MutatingWebhookConfiguration and one ValidatingWebhookConfiguration, each only if the application has webhooks of its type.</summary>
    /// <param name="registry">The application's webhooks.</param>
    /// <param name="options">The place where the application runs.</param>
    /// <returns>The configurations, minimal: defaults of the API server are mostly left out.</returns>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Create(WebhookRegistry registry, ManifestOptions options)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(options);
        return Create(registry.Webhooks, options);
    }

    /// <summary>Fills in everything that a configuration leaves to the API server's defaults (contract 19.1), as the API server stores it.</summary>
    /// <param name="configuration">A <see cref="V1MutatingWebhookConfiguration"/> or <see cref="V1ValidatingWebhookConfiguration"/>; the configuration is changed.</param>
    /// <exception cref="ArgumentException">The configuration is of another kind.</exception>
    internal static void AddDefaults(IKubernetesObject<V1ObjectMeta> configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        switch (configuration)
        {
            case V1MutatingWebhookConfiguration mutating:
                mutating.Webhooks = [.. (mutating.Webhooks ?? []).Select(WebhookEntry.AddDefaults)];
                break;
            case V1ValidatingWebhookConfiguration validating:
                validating.Webhooks = [.. (validating.Webhooks ?? []).Select(webhook => WebhookEntry.ToValidating(WebhookEntry.AddDefaults(WebhookEntry.ToMutating(webhook))))];
                break;
            default:
                throw new ArgumentException($"Expected a MutatingWebhookConfiguration or a ValidatingWebhookConfiguration, not {configuration.GetType().Name}.", nameof(configuration));
        }
    }

    internal static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Create(IReadOnlyList<WebhookDescriptor> webhooks, ManifestOptions options)
    {
        List<IKubernetesObject<V1ObjectMeta>> configurations = [];
        if (OfType(webhooks, WebhookType.Mutating) is { Count: > 0 } mutating)
        {
            configurations.Add(new V1MutatingWebhookConfiguration
            {
                ApiVersion = $"{V1MutatingWebhookConfiguration.KubeGroup}/{V1MutatingWebhookConfiguration.KubeApiVersion}",
                Kind = V1MutatingWebhookConfiguration.KubeKind,
                Metadata = Metadata(options),
                Webhooks = [.. mutating.Select(webhook => WebhookEntry.Create(webhook, options))],
            });
        }

        if (OfType(webhooks, WebhookType.Validating) is { Count: > 0 } validating)
        {
            configurations.Add(new V1ValidatingWebhookConfiguration
            {
                ApiVersion = $"{V1ValidatingWebhookConfiguration.KubeGroup}/{V1ValidatingWebhookConfiguration.KubeApiVersion}",
                Kind = V1ValidatingWebhookConfiguration.KubeKind,
                Metadata = Metadata(options),
                Webhooks = [.. validating.Select(webhook => WebhookEntry.ToValidating(WebhookEntry.Create(webhook, options)))],
            });
        }

        if (options.MarksRegistration)
        {
            configurations.ForEach(RegistrationMark.Add);
        }

        return configurations;
    }

    // A stable sort: equal orders keep the order in which the webhooks were added.
    private static List<WebhookDescriptor> OfType(IEnumerable<WebhookDescriptor> webhooks, WebhookType type) =>
        [.. webhooks.Where(webhook => webhook.Type == type).OrderBy(webhook => webhook.Order)];

    private static V1ObjectMeta Metadata(ManifestOptions options) => new()
    {
        Name = options.ConfigurationName,
        Labels = new SortedDictionary<string, string>(options.Labels.ToDictionary(), StringComparer.Ordinal),
        Annotations = options.InjectCaFrom is null
            ? null
            : new Dictionary<string, string> { ["cert-manager.io/inject-ca-from"] = options.InjectCaFrom },
    };
}
