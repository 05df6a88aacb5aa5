using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>A webhook of a scenario. By default it matches every operation on ConfigMaps.</summary>
internal sealed record ScenarioHook(string Name, bool Mutating, Func<HookCall, Reply> Answer)
{
    public const string DefaultConfiguration = "agreement.hooks";

    /// <summary>The name of its configuration, as <c>apply</c> makes it of application and namespace.</summary>
    public string Configuration { get; init; } = DefaultConfiguration;

    /// <summary>What differs from the defaults; a validating webhook takes over all but reinvocationPolicy.</summary>
    public Action<V1MutatingWebhook>? Change { get; init; }

    /// <summary>How long it takes to answer.</summary>
    public TimeSpan Latency { get; init; }

    public string FullName => $"{Name}.agreement.example.com";

    public V1MutatingWebhook Define()
    {
        var hook = new V1MutatingWebhook
        {
            Name = FullName,
            AdmissionReviewVersions = ["v1"],
            SideEffects = "None",
            FailurePolicy = "Fail",
            ClientConfig = new Admissionregistrationv1WebhookClientConfig { Url = $"{ScenarioConfigurations.DefaultAddress}/{Name}" },
            Rules = [Rule("*", "", "v1", "configmaps")],
        };
        Change?.Invoke(hook);
        return hook;
    }

    public static V1RuleWithOperations Rule(string operation, string group, string version, string resource, string? scope = null) =>
        new() { Operations = [operation], ApiGroups = [group], ApiVersions = [version], Resources = [resource], Scope = scope };
}
