using k8s;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>
/// Finds without a cluster what the API server would refuse in a new webhook configuration. Follows Kubernetes 1.37 (contract 19); older API
/// servers lack some of the checks. Match conditions are judged by name and shape only: compiling takes AdmissionSdk.Cel.
/// </summary>
public static class WebhookConfigurationValidator
{
    /// <summary>Checks a configuration.</summary>
    /// <param name="configuration">A <see cref="V1MutatingWebhookConfiguration"/> or <see cref="V1ValidatingWebhookConfiguration"/>.</param>
    /// <returns>Everything that is wrong, each naming the webhook and the fix; empty when the API server would take it.</returns>
    /// <exception cref="ArgumentException">The configuration is of another kind.</exception>
    public static IReadOnlyList<string> Validate(IKubernetesObject<V1ObjectMeta> configuration) => configuration switch
    {
        V1MutatingWebhookConfiguration mutating => Validate(mutating),
        V1ValidatingWebhookConfiguration validating => Validate(validating),
        null => throw new ArgumentNullException(nameof(configuration)),
        _ => throw new ArgumentException($"Expected a MutatingWebhookConfiguration or a ValidatingWebhookConfiguration, not {configuration.GetType().Name}.", nameof(configuration)),
    };

    /// <summary>Checks a mutating configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>Everything that is wrong, each naming the webhook and the fix; empty when the API server would take it.</returns>
    public static IReadOnlyList<string> Validate(V1MutatingWebhookConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Validate(configuration.Metadata, configuration.Webhooks ?? []);
    }

    /// <summary>Checks a validating configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>Everything that is wrong, each naming the webhook and the fix; empty when the API server would take it.</returns>
    public static IReadOnlyList<string> Validate(V1ValidatingWebhookConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Validate(configuration.Metadata, [.. (configuration.Webhooks ?? []).Select(WebhookEntry.ToMutating)]);
    }

    private static List<string> Validate(V1ObjectMeta? metadata, IList<V1MutatingWebhook> webhooks)
    {
        var name = metadata?.Name ?? "";
        var problems = new ProblemList(name.Length == 0 ? "the configuration" : name);

        // Contract 19.2.
        problems.Check(KubernetesNames.IsSubdomain(name), $"metadata.name \"{name}\" must be lower-case letters, digits, '-' and '.', at most 253 of them.");
        foreach (var twice in webhooks.Where(webhook => !string.IsNullOrEmpty(webhook.Name)).GroupBy(webhook => webhook.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Check(false, $"{twice.Count()} webhooks are named {twice.Key}; give each its own name.");
        }

        return
        [
            .. problems.All,
            .. webhooks.SelectMany((webhook, i) => WebhookEntryValidator.Validate(
                webhook, string.IsNullOrEmpty(webhook.Name) ? $"webhooks[{i}]" : webhook.Name, isStatic: name.EndsWith(".static.k8s.io", StringComparison.Ordinal))),
        ];
    }
}
