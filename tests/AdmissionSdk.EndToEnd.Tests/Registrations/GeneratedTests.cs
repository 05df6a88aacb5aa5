using System.Net.Http.Headers;
using System.Text;
using AdmissionSdk.CommandLine;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using YamlDotNet.RepresentationModel;

namespace AdmissionSdk.EndToEnd.Tests.Registrations;

/// <summary>
/// The whole output of <c>manifests</c> for this API server's version, sent to the server by server-side apply as a dry run: unknown fields, wrong
/// types, and values that Kubernetes does not take are refused.
/// </summary>
/// <remarks>Covers docs/deploying.md, <see cref="CommandLine.Manifests.ManifestWriter"/>, <see cref="AdmissionSdk.Manifests.WebhookConfigurations"/>, <see cref="CommandLine.DeploymentOptions"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class GeneratedTests(ApiServerSession session)
{
    private static readonly Dictionary<string, string> Plurals = new(StringComparer.Ordinal) { ["NetworkPolicy"] = "networkpolicies" };
    private static readonly HashSet<string> ClusterScoped =
        ["Namespace", "ClusterRole", "ClusterRoleBinding", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

    // cert-manager's own kinds are served only where it is installed.
    [ApiServerFact]
    public async Task Manifests_ForThisVersion_AreAllTaken()
    {
        var @namespace = await session.Server.CreateNamespaceAsync();
        var version = session.Server.Version.ToString(2);
        var ca = Path.GetTempFileName();
        await File.WriteAllTextAsync(ca, "-----BEGIN CERTIFICATE-----\n");
        var text = (await AppCommand.RunAsync($"manifests --namespace {@namespace} --kube-version {version} --ca-file {ca}", Webhooks, configure: Everything)).Succeeded();
        File.Delete(ca);

        List<string> taken = [];
        foreach (var document in text.Split("---\n"))
        {
            taken.Add(await DryRunAsync(document));
        }

        Assert.Equal(
            [
                "Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "Service", "NetworkPolicy", "ConfigMap",
                "Deployment", "PodDisruptionBudget", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
            ],
            taken);
    }

    [ApiServerFact]
    public async Task DryRun_OfAFieldThatIsNotThere_IsRefused()
    {
        // Shows that the test above can fail.
        var text = (await AppCommand.RunAsync("manifests --format webhooks", Webhooks)).Succeeded().Split("---\n")[0];

        await Assert.ThrowsAsync<InvalidOperationException>(() => DryRunAsync(text.Replace("  failurePolicy:", "  failurePolicies:", StringComparison.Ordinal)));
    }

    private static void Webhooks(AdmissionWebhooksBuilder webhooks) => webhooks
        .AddNamespaceLookup()
        .AddDriftCheck()
        .AddMutatingWebhook("images.generated.example.com", webhook => webhook
            .FailurePolicy(FailurePolicy.Ignore).ReinvocationPolicy(ReinvocationPolicy.IfNeeded).MatchPolicy(MatchPolicy.Exact)
            .ObjectSelector(labels => labels.DoesNotExist("example.com/skip"))
            .Handle<V1Pod>(context => AdmissionResult.Allow()))
        .AddValidatingWebhook("guard.generated.example.com", webhook => webhook
            .NamespaceSelector(labels => labels.In("stage", "test", "production")).Timeout(TimeSpan.FromSeconds(10))
            .Handle<V1Pod>(context => AdmissionResult.Allow(), rule => rule.Subresources("ephemeralcontainers"))
            .Handle<V1Namespace>(context => AdmissionResult.Allow(), rule => rule.On(Operations.Any).Scope(ResourceScope.Cluster)));

    private static void Everything(CommandLine.AdmissionCommandLine commandLine)
    {
        commandLine.Deployment.Certificates = CertificateSource.Secret;
        commandLine.Deployment.NamespaceRules.Add(new V1PolicyRule { ApiGroups = [""], Resources = ["secrets"], Verbs = ["get"] });
        commandLine.AddObject(_ => new V1ConfigMap
        {
            ApiVersion = "v1",
            Kind = V1ConfigMap.KubeKind,
            Metadata = new V1ObjectMeta { Name = "policy" },
            Data = new Dictionary<string, string> { ["policy.yaml"] = "rules:\n  - name: \"a: b\"\n" },
        });
    }

    private async Task<string> DryRunAsync(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var root = stream.Documents.Single().RootNode;
        var (apiVersion, kind) = ($"{root["apiVersion"]}", $"{root["kind"]}");
        var plural = Plurals.GetValueOrDefault(kind) ?? $"{kind.ToLowerInvariant()}s";
        var scope = ClusterScoped.Contains(kind) ? "" : $"namespaces/{root["metadata"]["namespace"]}/";
        var path = $"{(apiVersion.Contains('/', StringComparison.Ordinal) ? "apis" : "api")}/{apiVersion}/{scope}{plural}/{root["metadata"]["name"]}";

        var client = (Kubernetes)session.Server.Client;
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(client.BaseUri, $"{path}?fieldManager=generated&dryRun=All&fieldValidation=Strict"))
        {
            Content = new StringContent(yaml, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml") } },
            Version = System.Net.HttpVersion.Version11,
        };
        using var response = await client.HttpClient.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? kind : throw new InvalidOperationException($"{kind}: {(int)response.StatusCode}: {body}");
    }
}
