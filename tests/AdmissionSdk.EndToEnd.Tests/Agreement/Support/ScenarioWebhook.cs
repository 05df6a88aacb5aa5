using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>A webhook of a scenario, by default for every operation on ConfigMaps.</summary>
internal sealed record ScenarioWebhook(string Name, bool Mutating, Func<ScenarioCall, Reply> Respond)
{
    public const string DefaultConfiguration = "agreement.hooks";

    /// <summary>The name of the webhook's configuration, as <c>apply</c> makes the name of application and namespace.</summary>
    public string Configuration { get; init; } = DefaultConfiguration;

    /// <summary>The differences from the defaults; a validating webhook takes over all but reinvocationPolicy.</summary>
    public Action<V1MutatingWebhook>? Change { get; init; }

    /// <summary>The time that the webhook takes for a response.</summary>
    public TimeSpan Latency { get; init; }

    public string FullName => $"{Name}.agreement.example.com";

    public V1MutatingWebhook Define()
    {
        var webhook = new V1MutatingWebhook
        {
            Name = FullName,
            AdmissionReviewVersions = ["v1"],
            SideEffects = "None",
            FailurePolicy = "Fail",
            ClientConfig = new Admissionregistrationv1WebhookClientConfig { Url = $"{ScenarioConfigurations.DefaultAddress}/{Name}" },
            Rules = [Rule("*", "", "v1", "configmaps")],
        };
        Change?.Invoke(webhook);
        return webhook;
    }

    public static V1RuleWithOperations Rule(string operation, string group, string version, string resource, string? scope = null) =>
        new() { Operations = [operation], ApiGroups = [group], ApiVersions = [version], Resources = [resource], Scope = scope };
}
