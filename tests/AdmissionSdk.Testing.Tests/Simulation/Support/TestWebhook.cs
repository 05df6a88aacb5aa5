using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Simulation.Support;

/// <summary>Webhook configurations of one line.</summary>
internal static class TestWebhook
{
    public static V1MutatingWebhook Mutating(string name, Action<V1MutatingWebhook>? change = null)
    {
        var webhook = new V1MutatingWebhook
        {
            Name = $"{name}.test.example.com",
            AdmissionReviewVersions = ["v1"],
            SideEffects = "None",
            ClientConfig = Client(name),
            Rules = [Rule("*", "", "v1", "configmaps")],
        };
        change?.Invoke(webhook);
        return webhook;
    }

    public static V1ValidatingWebhook Validating(string name, Action<V1ValidatingWebhook>? change = null)
    {
        var webhook = new V1ValidatingWebhook
        {
            Name = $"{name}.test.example.com",
            AdmissionReviewVersions = ["v1"],
            SideEffects = "None",
            ClientConfig = Client(name),
            Rules = [Rule("*", "", "v1", "configmaps")],
        };
        change?.Invoke(webhook);
        return webhook;
    }

    public static V1MutatingWebhookConfiguration Configuration(string name, params V1MutatingWebhook[] webhooks) =>
        new() { ApiVersion = "admissionregistration.k8s.io/v1", Kind = "MutatingWebhookConfiguration", Metadata = new V1ObjectMeta { Name = name }, Webhooks = webhooks };

    public static V1ValidatingWebhookConfiguration Configuration(string name, params V1ValidatingWebhook[] webhooks) =>
        new() { ApiVersion = "admissionregistration.k8s.io/v1", Kind = "ValidatingWebhookConfiguration", Metadata = new V1ObjectMeta { Name = name }, Webhooks = webhooks };

    public static V1RuleWithOperations Rule(string operation, string group, string version, string resource, string? scope = null) =>
        new() { Operations = [operation], ApiGroups = [group], ApiVersions = [version], Resources = [resource], Scope = scope };

    public static string Map(string name, string data = "{}", string labels = "{}") =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","labels":{{{labels}}}},"data":{{{data}}}}""";

    private static Admissionregistrationv1WebhookClientConfig Client(string name) =>
        new() { Service = new Admissionregistrationv1ServiceReference { Name = "webhooks", NamespaceProperty = "system", Path = $"/{name}" } };
}
