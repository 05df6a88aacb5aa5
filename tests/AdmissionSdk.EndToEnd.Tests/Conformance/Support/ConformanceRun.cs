using AdmissionSdk.ConformanceApp;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Conformance.Support;

/// <summary>The conformance application beside a namespace of one test. Webhook configurations go in with a label, and out again at the end.</summary>
internal sealed class ConformanceRun : IAsyncDisposable
{
    public const string Label = "conformance.example.com/run";
    private const string NamespaceName = "kubernetes.io/metadata.name";
    private readonly KubeApiServerFixture _server;
    private readonly WebhookServer _host;

    private ConformanceRun(KubeApiServerFixture server, WebhookServer host, string @namespace) => (_server, _host, Namespace) = (server, host, @namespace);

    public IKubernetes Client => _server.Client;

    public string Namespace { get; }

    public Uri Address => _host.Address;

    public byte[] CaBundle => _host.CaBundle;

    public static async Task<ConformanceRun> StartAsync(KubeApiServerFixture server)
    {
        var @namespace = await server.CreateNamespaceAsync();
        return new ConformanceRun(server, await WebhookServer.StartAsync(ConformanceWebhooks.Add, ConformanceWebhooks.Map), @namespace);
    }

    /// <summary>The labels of an object without a namespace that is this test's own.</summary>
    public Dictionary<string, string> OwnLabels => new() { [Label] = Namespace };

    public string LabelSelector => $"{Label}={Namespace}";

    public static V1RuleWithOperations Rule(string group, string resource, params IList<string> operations) =>
        new() { ApiGroups = [group], ApiVersions = ["*"], Resources = [resource], Operations = operations };

    public V1ValidatingWebhook Validating(string name, string path, V1RuleWithOperations rule, Action<V1ValidatingWebhook>? change = null)
    {
        var webhook = new V1ValidatingWebhook
        {
            Name = $"{name}.k8s.io",
            ClientConfig = ClientConfig(path),
            Rules = [rule],
            NamespaceSelector = OwnNamespace(),
            SideEffects = "None",
            AdmissionReviewVersions = ["v1", "v1beta1"],
        };
        change?.Invoke(webhook);
        return webhook;
    }

    public V1MutatingWebhook Mutating(string name, string path, V1RuleWithOperations rule, Action<V1MutatingWebhook>? change = null)
    {
        var webhook = new V1MutatingWebhook
        {
            Name = $"{name}.k8s.io",
            ClientConfig = ClientConfig(path),
            Rules = [rule],
            NamespaceSelector = OwnNamespace(),
            SideEffects = "None",
            AdmissionReviewVersions = ["v1", "v1beta1"],
        };
        change?.Invoke(webhook);
        return webhook;
    }

    /// <summary>The selector of objects without a namespace that are this test's own.</summary>
    public V1LabelSelector OwnObjects() => new() { MatchLabels = OwnLabels };

    public V1ValidatingWebhookConfiguration Configuration(string name, params IList<V1ValidatingWebhook> webhooks) =>
        new() { ApiVersion = "admissionregistration.k8s.io/v1", Kind = "ValidatingWebhookConfiguration", Metadata = new V1ObjectMeta { Name = $"{name}-{Namespace}", Labels = OwnLabels }, Webhooks = webhooks };

    public V1MutatingWebhookConfiguration Configuration(string name, params IList<V1MutatingWebhook> webhooks) =>
        new() { ApiVersion = "admissionregistration.k8s.io/v1", Kind = "MutatingWebhookConfiguration", Metadata = new V1ObjectMeta { Name = $"{name}-{Namespace}", Labels = OwnLabels }, Webhooks = webhooks };

    public async Task InstallAsync(string name, params IList<V1ValidatingWebhook> webhooks)
    {
        await Client.AdmissionregistrationV1.CreateValidatingWebhookConfigurationAsync(Configuration(name, webhooks));
        await WaitAsync();
    }

    public async Task InstallAsync(string name, params IList<V1MutatingWebhook> webhooks)
    {
        await Client.AdmissionregistrationV1.CreateMutatingWebhookConfigurationAsync(Configuration(name, webhooks));
        await WaitAsync();
    }

    /// <summary>Waits until the API server acts on every configuration.</summary>
    public Task WaitAsync() => _server.WaitForWebhooksAsync();

    public async Task RemoveWebhooksAsync()
    {
        await Client.AdmissionregistrationV1.DeleteCollectionMutatingWebhookConfigurationAsync(labelSelector: LabelSelector);
        await Client.AdmissionregistrationV1.DeleteCollectionValidatingWebhookConfigurationAsync(labelSelector: LabelSelector);
        await WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await RemoveWebhooksAsync();
        await _host.DisposeAsync();
    }

    private Admissionregistrationv1WebhookClientConfig ClientConfig(string path) => new() { Url = Address.AbsoluteUri.TrimEnd('/') + path, CaBundle = CaBundle };

    private V1LabelSelector OwnNamespace() => new() { MatchLabels = new Dictionary<string, string> { [NamespaceName] = Namespace } };
}
