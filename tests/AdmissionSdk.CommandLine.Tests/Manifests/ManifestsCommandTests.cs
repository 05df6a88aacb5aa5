using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.CommandLine.Tests.Support;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using YamlDotNet.RepresentationModel;

namespace AdmissionSdk.CommandLine.Tests.Manifests;

/// <remarks>Covers <see cref="ManifestsCommand"/>, <see cref="ManifestWriter"/>, <see cref="ManifestDirectory"/>, <see cref="DeploymentManifest"/>, <see cref="NetworkManifests"/>, <see cref="RbacManifests"/>, <see cref="ManifestContextFactory"/>, <see cref="ManifestContext"/>.</remarks>
public sealed class ManifestsCommandTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"manifests-{Guid.NewGuid():n}");

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task Manifests_Plain_WritesEveryObjectOnce()
    {
        var objects = Kinds((await RunAsync("manifests --namespace webhooks")).Output);

        Assert.Equal(
            [
                "Namespace/webhooks", "ServiceAccount/image-registry",
                "ClusterRole/image-registry.webhooks", "ClusterRoleBinding/image-registry.webhooks", "Role/image-registry", "RoleBinding/image-registry",
                "Role/image-registry.webhooks", "RoleBinding/image-registry.webhooks",
                "Service/image-registry", "NetworkPolicy/image-registry", "Secret/image-registry-certificates",
                "Deployment/image-registry", "PodDisruptionBudget/image-registry",
                "MutatingWebhookConfiguration/image-registry.webhooks", "ValidatingWebhookConfiguration/image-registry.webhooks",
            ],
            objects);
    }

    [Fact]
    public async Task Manifests_Managed_HaveTheRightsOfThePageAndNoOthers()
    {
        var text = (await RunAsync("manifests --namespace webhooks")).Output;
        var objects = KubernetesYaml.LoadAllFromString(text);

        Assert.Equal(
            [
                "image-registry.webhooks: admissionregistration.k8s.io mutatingwebhookconfigurations,validatingwebhookconfigurations [image-registry.webhooks]: get,patch,watch",
                "webhooks/image-registry:  secrets [image-registry-certificates]: get,update,watch",
                "default/image-registry.webhooks:  events []: create",
            ],
            objects.OfType<V1ClusterRole>().SelectMany(role => Describe(role.Metadata, role.Rules)).Concat(objects.OfType<V1Role>().SelectMany(role => Describe(role.Metadata, role.Rules))));
        var secret = objects.OfType<V1Secret>().Single();
        Assert.Equal(("Opaque", null), (secret.Type, secret.Data));
        var pod = objects.OfType<V1Deployment>().Single().Spec.Template.Spec;
        Assert.True(pod.AutomountServiceAccountToken);
        Assert.DoesNotContain(pod.Volumes, volume => volume.Name == "tls");
        Assert.Equal("Managed", pod.Containers[0].Env.Single(item => item.Name == "AdmissionWebhooks__Tls__Mode").Value);

        static IEnumerable<string> Describe(V1ObjectMeta metadata, IList<V1PolicyRule> rules) => rules.Select(rule =>
            $"{(metadata.NamespaceProperty is null ? "" : $"{metadata.NamespaceProperty}/")}{metadata.Name}: {string.Join(',', rule.ApiGroups)} {string.Join(',', rule.Resources)} [{string.Join(',', rule.ResourceNames ?? [])}]: {string.Join(',', rule.Verbs)}");
    }

    [Theory]
    [InlineData("", "Managed")]
    [InlineData("--certificates managed", "Managed")]
    [InlineData("--inject-ca-from other/ca", "CertManager")]
    [InlineData("--certificates certManager", "CertManager")]
    [InlineData("--ca-file ca", "Secret")]
    public async Task Manifests_Certificates_AreThoseThatTheUserNames(string options, string expected)
    {
        var ca = Path.GetTempFileName();
        var text = (await RunAsync($"manifests {options.Replace("--ca-file ca", $"--ca-file {ca}", StringComparison.Ordinal)}")).Output;
        File.Delete(ca);

        Assert.Equal(expected == "Managed", text.Contains("name: image-registry-certificates\n", StringComparison.Ordinal));
        Assert.Equal(expected == "CertManager", text.Contains("kind: Issuer\n", StringComparison.Ordinal));
        Assert.Equal(expected != "Managed", text.Contains("secretName: image-registry-tls\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Manifests_ManagedForAListenerOfItsOwn_IsAnError()
    {
        var run = await CommandRun.RunAsync("manifests --certificates managed", services: _ => { }, configure: commandLine => commandLine.Deployment.OwnTlsPort = 9443);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("managed certificates are those of AddAdmissionTls, and commandLine.Deployment.OwnTlsPort says that", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_CertManager_WritesEveryObjectOnce()
    {
        var objects = Kinds((await RunAsync("manifests --namespace webhooks --certificates certManager")).Output);

        Assert.Equal(
            [
                "Namespace/webhooks", "ServiceAccount/image-registry", "Service/image-registry", "NetworkPolicy/image-registry",
                "Issuer/image-registry-selfsigned", "Certificate/image-registry-ca", "Issuer/image-registry-ca", "Certificate/image-registry-tls",
                "Deployment/image-registry", "PodDisruptionBudget/image-registry",
                "MutatingWebhookConfiguration/image-registry.webhooks", "ValidatingWebhookConfiguration/image-registry.webhooks",
            ],
            objects);
    }

    [Fact]
    public async Task Manifests_Deployment_IsHardenedAndOutlivesItsReviews()
    {
        await RunAsync($"manifests --out {_directory} --image registry.example.com/webhook:1.2 --certificates certManager");
        var deployment = KubernetesYaml.LoadAllFromString(await File.ReadAllTextAsync(Path.Combine(_directory, "deployment.yaml"))).OfType<V1Deployment>().Single();

        var pod = deployment.Spec.Template.Spec;
        var container = pod.Containers.Single();
        Assert.Equal(2, deployment.Spec.Replicas);
        Assert.Equal("registry.example.com/webhook:1.2", container.Image);
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal(("/livez", "/readyz"), (container.LivenessProbe.HttpGet.Path, container.ReadinessProbe.HttpGet.Path));
        Assert.Equal("HTTPS", container.ReadinessProbe.HttpGet.Scheme);
        Assert.Equal(container.Ports.Single().Name, container.ReadinessProbe.HttpGet.Port.Value);
        Assert.Equal(8443, container.Ports.Single().ContainerPort);
        Assert.Equal("system-cluster-critical", pod.PriorityClassName);
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.Equal(2, pod.TopologySpreadConstraints.Count);
        Assert.Equal("image-registry-tls", pod.Volumes.Single(volume => volume.Name == "tls").Secret.SecretName);

        // 5 s of drain delay, 10 s for the longest review, 10 s to stop.
        Assert.Equal(25, pod.TerminationGracePeriodSeconds);
    }

    [Fact]
    public async Task Manifests_Selectors_MeetThePodsTheyAreFor()
    {
        await RunAsync($"manifests --out {_directory} --certificates certManager");
        var objects = Directory.GetFiles(_directory).Where(path => !path.EndsWith("certificate.yaml", StringComparison.Ordinal))
            .SelectMany(path => KubernetesYaml.LoadAllFromString(File.ReadAllText(path))).ToList();

        var labels = objects.OfType<V1Deployment>().Single().Spec.Template.Metadata.Labels;
        Assert.All(
            new[]
            {
                objects.OfType<V1Service>().Single().Spec.Selector,
                objects.OfType<V1NetworkPolicy>().Single().Spec.PodSelector.MatchLabels,
                objects.OfType<V1PodDisruptionBudget>().Single().Spec.Selector.MatchLabels,
                objects.OfType<V1Deployment>().Single().Spec.Selector.MatchLabels,
            },
            selector => Assert.All(selector, item => Assert.Equal(item.Value, labels[item.Key])));
        var service = objects.OfType<V1Service>().Single();
        var client = objects.OfType<V1MutatingWebhookConfiguration>().Single().Webhooks.Single().ClientConfig.Service;
        Assert.Equal((service.Metadata.Name, service.Metadata.NamespaceProperty), (client.Name, client.NamespaceProperty));
        Assert.Equal("image-registry/image-registry-tls", objects.OfType<V1MutatingWebhookConfiguration>().Single().Metadata.Annotations["cert-manager.io/inject-ca-from"]);
    }

    [Theory]
    [InlineData("1.20", "policy/v1beta1", null)]
    [InlineData("1.21", "policy/v1", null)]
    [InlineData("1.36", "policy/v1", "AlwaysAllow")]
    public async Task Manifests_KubeVersion_ChoosesWhatThatVersionHas(string version, string apiVersion, string? evictionPolicy)
    {
        var text = (await RunAsync($"manifests --kube-version {version}")).Output;

        Assert.Contains($"apiVersion: {apiVersion}\nkind: PodDisruptionBudget\n", text, StringComparison.Ordinal);
        Assert.Equal(evictionPolicy is not null, text.Contains($"unhealthyPodEvictionPolicy: {evictionPolicy ?? "A"}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Manifests_MatchConditionsOnAnOldKubernetes_IsAnError()
    {
        var run = await CommandRun.RunAsync(
            "manifests --kube-version 1.24",
            webhooks => webhooks.AddValidatingWebhook("guard.registry.example.com", webhook => webhook
                .MatchCondition("a", "true").Handle<V1Pod>(context => AdmissionResult.Allow())));

        Assert.Equal((2, "error: guard.registry.example.com: Kubernetes 1.24 ignores match conditions without an error; remove the match conditions, or use 1.28 or newer (--kube-version).\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Manifests_Twice_GivesTheSameBytesAndRemovesOnlyWhatItMade()
    {
        await RunAsync($"manifests --out {_directory}");
        var first = Directory.GetFiles(_directory).ToDictionary(path => path, File.ReadAllText);
        await File.WriteAllTextAsync(Path.Combine(_directory, "mine.yaml"), "kind: Mine\n");
        await RunAsync($"manifests --out {_directory}");

        Assert.All(first, file => Assert.Equal(file.Value, File.ReadAllText(file.Key)));

        await RunAsync($"manifests --out {_directory} --format webhooks");
        Assert.Equal(["mine.yaml", "webhooks.yaml"], Directory.GetFiles(_directory).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Manifests_Kustomize_ListsEveryFile()
    {
        await RunAsync($"manifests --out {_directory} --format kustomize");

        var yaml = new YamlStream();
        yaml.Load(new StringReader(await File.ReadAllTextAsync(Path.Combine(_directory, "kustomization.yaml"))));
        var listed = ((YamlSequenceNode)yaml.Documents[0].RootNode["resources"]).Select(item => ((YamlScalarNode)item).Value);
        Assert.Equal(Directory.GetFiles(_directory).Select(Path.GetFileName).Where(name => name != "kustomization.yaml").Order(), listed.Order());
    }

    [Fact]
    public async Task Manifests_HelmWithBracesInAnObject_KeepsThemFromHelm()
    {
        var run = await CommandRun.RunAsync("manifests --format helm", configure: commandLine => commandLine.AddObject(_ => new V1ConfigMap
        {
            ApiVersion = "v1",
            Kind = "ConfigMap",
            Metadata = new V1ObjectMeta { Name = "policy" },
            Data = new Dictionary<string, string> { ["message"] = "use {{image}}" },
        }));

        Assert.Contains("use {{ \"{{\" }}image}}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_Static_WritesOneTypeADirectoryWithUrlsOnly()
    {
        var run = await RunAsync($"manifests --out {_directory} --format static --url https://10.0.0.1:8443");

        Assert.Equal(0, run.ExitCode);
        var mutating = await File.ReadAllTextAsync(Path.Combine(_directory, "mutating", "webhooks.yaml"));
        Assert.Contains("name: image-registry.image-registry.static.k8s.io\n", mutating, StringComparison.Ordinal);
        Assert.Contains("url: https://10.0.0.1:8443/mutate\n", mutating, StringComparison.Ordinal);
        Assert.DoesNotContain("kind: Validating", mutating, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_ObjectsAndEditsOfTheApplication_AreWritten()
    {
        var run = await CommandRun.RunAsync("manifests", configure: commandLine => commandLine
            .AddObject(context => new V1ConfigMap
            {
                ApiVersion = "v1",
                Kind = "ConfigMap",
                Metadata = new V1ObjectMeta { Name = "policy" },
                Data = new Dictionary<string, string> { ["policy.yaml"] = "rules: []\n" },
            })
            .EditDeployment(deployment => deployment.Spec.Template.Spec.Containers[0].Args = ["serve"]));

        Assert.Contains("kind: ConfigMap\nmetadata:\n  name: policy\n  namespace: image-registry\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  policy.yaml: |\n    rules: []\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("args:\n        - serve\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_OutDirectory_LeavesTheDirectoriesBelowAlone()
    {
        await RunAsync($"manifests --out {Path.Combine(_directory, "chart")} --format helm");
        var chart = Directory.GetFiles(Path.Combine(_directory, "chart"), "*", SearchOption.AllDirectories);
        await RunAsync($"manifests --out {_directory} --format kustomize");

        Assert.NotEmpty(chart);
        Assert.All(chart, file => Assert.True(File.Exists(file), file));
    }

    [Fact]
    public async Task Manifests_Rules_BringRolesAndAToken()
    {
        var run = await CommandRun.RunAsync("manifests --namespace webhooks --certificates certManager", configure: commandLine =>
            commandLine.Deployment.NamespaceRules.Add(new V1PolicyRule { ApiGroups = [""], Resources = ["secrets"], Verbs = ["get"] }));

        var kinds = Kinds(run.Output);
        Assert.Contains("Role/image-registry", kinds);
        Assert.Contains("RoleBinding/image-registry", kinds);
        Assert.DoesNotContain("ClusterRole/image-registry.webhooks", kinds);
        Assert.Contains("automountServiceAccountToken: true\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Manifests_ClusterRole_GrantsWhatTheApplicationAsksForAndNoMore(bool looksUpNamespaces, bool checksDrift)
    {
        var text = (await CommandRun.RunAsync("manifests --namespace webhooks --certificates certManager", webhooks =>
        {
            CommandRun.Usual(webhooks);
            _ = looksUpNamespaces ? webhooks.AddNamespaceLookup() : webhooks;
            _ = checksDrift ? webhooks.AddDriftCheck() : webhooks;
        })).Output;

        var role = YamlDocuments(text).SingleOrDefault(document => document.Contains("\nkind: ClusterRole\n", StringComparison.Ordinal));
        var rules = role is null ? [] : KubernetesYaml.Deserialize<V1ClusterRole>(role).Rules;
        Assert.Equal(
            [
                .. looksUpNamespaces ? ["namespaces  get,list,watch"] : Array.Empty<string>(),
                .. checksDrift ? ["mutatingwebhookconfigurations,validatingwebhookconfigurations image-registry.webhooks get"] : Array.Empty<string>(),
            ],
            rules.Select(rule => $"{string.Join(',', rule.Resources)} {string.Join(',', rule.ResourceNames ?? [])} {string.Join(',', rule.Verbs)}"));
        Assert.Equal(rules.Count > 0, text.Contains("automountServiceAccountToken: true\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Manifests_TargetOfItsOwn_IsToldToTheApplication()
    {
        var text = (await RunAsync("manifests --app registry --namespace webhooks --service front --service-port 8443")).Output;

        var deployment = KubernetesYaml.Deserialize<V1Deployment>(YamlDocuments(text).Single(document => document.Contains("\nkind: Deployment\n", StringComparison.Ordinal)));
        Assert.Equal(
            ["App=registry", "Namespace=webhooks", "ServiceName=front", "ServicePort=8443"],
            deployment.Spec.Template.Spec.Containers[0].Env.Where(item => item.Name.Contains("__Manifests__", StringComparison.Ordinal))
                .Select(item => $"{item.Name.Split("__")[^1]}={item.Value}"));
    }

    private static string[] YamlDocuments(string text) => text.Split("---\n");

    private static Task<CommandRun> RunAsync(string arguments) => CommandRun.RunAsync(arguments);

    private static List<string> Kinds(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return [.. yaml.Documents.Select(document => $"{document.RootNode["kind"]}/{document.RootNode["metadata"]["name"]}")];
    }
}
