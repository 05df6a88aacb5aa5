using System.Text.Json.Nodes;
using AdmissionSdk.Manifests;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The configuration objects of a scenario.</summary>
internal static class ScenarioConfigurations
{
    /// <summary>The address of webhooks in configurations without another one.</summary>
    public const string DefaultAddress = "https://127.0.0.1:9443";

    public static IKubernetesObject<V1ObjectMeta>[] Create(Scenario scenario) =>
    [
        .. scenario.Webhooks.Where(webhook => webhook.Mutating).GroupBy(webhook => webhook.Configuration).Select(group => Mutating(group.Key, group)),
        .. scenario.Webhooks.Where(webhook => !webhook.Mutating).GroupBy(webhook => webhook.Configuration).Select(group => Validating(group.Key, group)),
    ];

    /// <summary>The webhooks of a configuration with every default, at an address.</summary>
    public static JsonArray Webhooks(IKubernetesObject<V1ObjectMeta> configuration, Uri address, byte[] caBundle)
    {
        var webhooks = Webhooks(configuration);
        foreach (var webhook in webhooks)
        {
            var client = webhook!["clientConfig"]!;
            client["url"] = address.GetLeftPart(UriPartial.Authority) + ((string)client["url"]!)[DefaultAddress.Length..];
            client["caBundle"] = Convert.ToBase64String(caBundle);
        }

        return webhooks;
    }

    /// <summary>The webhooks of a configuration with every default.</summary>
    public static JsonArray Webhooks(IKubernetesObject<V1ObjectMeta> configuration)
    {
        WebhookConfigurations.AddDefaults(configuration);
        return JsonNode.Parse(KubernetesJson.Serialize(configuration))!["webhooks"]!.AsArray();
    }

    /// <summary>The fields in which webhooks differ, each with the name of its webhook.</summary>
    public static IEnumerable<string> Differences(JsonArray wanted, JsonArray actual)
    {
        Assert.Equal(wanted.Select(Name), actual.Select(Name));
        return
            from pair in wanted.Zip(actual)
            from key in pair.First!.AsObject().Select(member => member.Key).Union(pair.Second!.AsObject().Select(member => member.Key))
            where !JsonNode.DeepEquals(pair.First[key], pair.Second[key])
            select $"{Name(pair.First)} {key}";
    }

    private static string Name(JsonNode? webhook) => (string)webhook!["name"]!;

    private static V1MutatingWebhookConfiguration Mutating(string name, IEnumerable<ScenarioWebhook> webhooks) => new()
    {
        ApiVersion = "admissionregistration.k8s.io/v1",
        Kind = "MutatingWebhookConfiguration",
        Metadata = new V1ObjectMeta { Name = name },
        Webhooks = [.. webhooks.Select(webhook => webhook.Define())],
    };

    private static V1ValidatingWebhookConfiguration Validating(string name, IEnumerable<ScenarioWebhook> webhooks) => new()
    {
        ApiVersion = "admissionregistration.k8s.io/v1",
        Kind = "ValidatingWebhookConfiguration",
        Metadata = new V1ObjectMeta { Name = name },
        Webhooks = [.. webhooks.Select(webhook => Validating(webhook.Define()))],
    };

    private static V1ValidatingWebhook Validating(V1MutatingWebhook webhook) => new()
    {
        Name = webhook.Name,
        AdmissionReviewVersions = webhook.AdmissionReviewVersions,
        ClientConfig = webhook.ClientConfig,
        FailurePolicy = webhook.FailurePolicy,
        MatchConditions = webhook.MatchConditions,
        MatchPolicy = webhook.MatchPolicy,
        NamespaceSelector = webhook.NamespaceSelector,
        ObjectSelector = webhook.ObjectSelector,
        Rules = webhook.Rules,
        SideEffects = webhook.SideEffects,
        TimeoutSeconds = webhook.TimeoutSeconds,
    };
}
