using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// Waits until the API server acts on every webhook configuration written so far. The server learns of configurations from a watch, later than
/// the write returns, and acknowledges nothing (contract 1.11). But one watch delivers all configurations of a kind in the order
/// of writing: if a marker that was written last is in force, every earlier configuration is in force too. The marker is a webhook
/// without a host that matches only probes with the marker's label. Probes are created as dry runs until the marker fails a probe.
/// </summary>
internal sealed class InstallationBarrier(IKubernetes client, TimeSpan timeout)
{
    private const string ProbeNamespace = "default";

    // Nothing listens on port 1, and a refused connection comes back at once.
    private static readonly Admissionregistrationv1WebhookClientConfig Nobody = new() { Url = "https://127.0.0.1:1/" };

    /// <param name="mutating">True to wait for mutating configurations, false for validating ones.</param>
    /// <param name="installed">The rules of the configurations at hand. The probe is of a kind that no rule names, if such a kind exists.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    public async Task PassAsync(bool mutating, IReadOnlyList<V1RuleWithOperations> installed, CancellationToken cancellationToken)
    {
        var probe = ProbeKind.Choose(installed);
        // "0" sorts before any other name a webhook can have, so a mutating marker fails a probe before another webhook is called (contract 1.7).
        var name = $"0-admission-sdk-test-{Guid.NewGuid():n}";
        var marker = Marker(mutating, name, probe);
        await ClusterWebhookConfigurations.CreateAsync(client, marker, cancellationToken);
        try
        {
            await Polling.UntilAsync(
                token => ProbeAsync(probe, name, token),
                timeout,
                seen => $"The API server did not take over the webhook configurations: a dry run of a {probe.Resource} with the label {name} should have failed because of a marker webhook, but {seen}.",
                cancellationToken);
        }
        finally
        {
            await ClusterWebhookConfigurations.DeleteAsync(client, marker, CancellationToken.None);
        }
    }

    private async Task<string?> ProbeAsync(ProbeKind probe, string name, CancellationToken cancellationToken)
    {
        try
        {
            var metadata = new V1ObjectMeta
            {
                Name = name,
                Labels = new Dictionary<string, string> { [name] = "", [OwnLabel.Key] = OwnLabel.Value },
            };
            await probe.CreateAsync(client, ProbeNamespace, metadata, cancellationToken);
            return "it succeeded";
        }
        catch (HttpOperationException exception)
        {
            return exception.Response.Content.Contains(WebhookName(name), StringComparison.Ordinal) ? null : $"the response was {exception.Response.Content}";
        }
    }

    private static IKubernetesObject<V1ObjectMeta> Marker(bool mutating, string name, ProbeKind probe)
    {
        var metadata = new V1ObjectMeta { Name = name, Labels = new Dictionary<string, string> { [OwnLabel.Key] = OwnLabel.Value } };
        var selector = new V1LabelSelector { MatchExpressions = [new V1LabelSelectorRequirement { Key = name, OperatorProperty = "Exists" }] };
        V1RuleWithOperations[] rules = [new() { Operations = ["CREATE"], ApiGroups = [probe.Group], ApiVersions = ["*"], Resources = [probe.Resource] }];
        return mutating
            ? new V1MutatingWebhookConfiguration
            {
                ApiVersion = ClusterWebhookConfigurations.ApiVersion,
                Kind = V1MutatingWebhookConfiguration.KubeKind,
                Metadata = metadata,
                Webhooks =
                [
                    new V1MutatingWebhook
                    {
                        Name = WebhookName(name),
                        ClientConfig = Nobody,
                        Rules = rules,
                        ObjectSelector = selector,
                        FailurePolicy = "Fail",
                        SideEffects = "None",
                        TimeoutSeconds = 1,
                        AdmissionReviewVersions = ["v1"],
                    },
                ],
            }
            : new V1ValidatingWebhookConfiguration
            {
                ApiVersion = ClusterWebhookConfigurations.ApiVersion,
                Kind = V1ValidatingWebhookConfiguration.KubeKind,
                Metadata = metadata,
                Webhooks =
                [
                    new V1ValidatingWebhook
                    {
                        Name = WebhookName(name),
                        ClientConfig = Nobody,
                        Rules = rules,
                        ObjectSelector = selector,
                        FailurePolicy = "Fail",
                        SideEffects = "None",
                        TimeoutSeconds = 1,
                        AdmissionReviewVersions = ["v1"],
                    },
                ],
            };
    }

    private static string WebhookName(string name) => name + ".marker.test";
}
