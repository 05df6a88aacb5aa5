using System.Reflection;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.CommandLine.Tests.Support;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;

namespace AdmissionSdk.CommandLine.Tests.Manifests;

/// <summary>Tests the refusals of <c>manifests</c>, and the application's own additions.</summary>
/// <remarks>Covers <see cref="Installation"/>, <see cref="InstallationValidator"/>, <see cref="CertManagerManifests"/>, <see cref="OwnObject"/>, <see cref="HostEndpoints"/>, <see cref="TargetOptions"/>, <see cref="DeploymentOptions"/>.</remarks>
public sealed class InstallationTests
{
    [Fact]
    public async Task Manifests_ProgramWithoutTls_SaysWhatToCall()
    {
        var run = await CommandRun.RunAsync("manifests", services: _ => { });

        Assert.Equal(
            (2, "error: the application does not listen with TLS: call builder.Services.AddAdmissionTls() in Program.cs, or set commandLine.Deployment.OwnTlsPort to the port of its own TLS listener.\n"),
            (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Manifests_ProgramWithItsOwnTls_UsesItsPort()
    {
        var run = await CommandRun.RunAsync("manifests", services: _ => { }, configure: commandLine => commandLine.Deployment.OwnTlsPort = 9443);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("containerPort: 9443\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AdmissionWebhooks__Tls__", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_ProgramThatMapsNothing_SaysWhatToCall()
    {
        var run = await CommandRun.RunAsync("manifests", map: _ => { });

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            """
            error: the application does not serve its webhooks: call app.MapAdmissionWebhooks() in Program.cs.
            error: the application does not serve /livez, the path of a probe: call app.MapAdmissionHealthChecks() in Program.cs, or change the probes with EditDeployment.
            error: the application does not serve /readyz, the path of a probe: call app.MapAdmissionHealthChecks() in Program.cs, or change the probes with EditDeployment.

            """,
            run.Error);
    }

    [Fact]
    public async Task Manifests_ProgramWithHealthOnAnotherPort_SaysWhereTheProbesAsk()
    {
        var run = await CommandRun.RunAsync("manifests", map: OnAnotherPort);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error: the application serves /livez on another port than 8443, the port of the probes: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_ProbesEdited_AreTheApplicationsBusiness()
    {
        var run = await CommandRun.RunAsync("manifests", map: OnAnotherPort, configure: commandLine => commandLine.EditDeployment(deployment =>
        {
            var container = deployment.Spec.Template.Spec.Containers[0];
            foreach (var probe in new[] { container.LivenessProbe, container.ReadinessProbe, container.StartupProbe })
            {
                (probe.HttpGet.Port, probe.HttpGet.Scheme) = (8080, "HTTP");
            }
        }));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Manifests_WebhooksOnly_AskNothingOfTheProgram() =>
        Assert.Equal(0, (await CommandRun.RunAsync("manifests --format webhooks", services: _ => { }, map: _ => { })).ExitCode);

    [Theory]
    [InlineData("--url https://webhook.example.com", "  dnsNames:\n  - image-registry.image-registry.svc\n  - image-registry.image-registry.svc.cluster.local\n  - webhook.example.com\n")]
    [InlineData("--url https://10.0.0.1:8443", "  ipAddresses:\n  - \"10.0.0.1\"\n")]
    public async Task Manifests_UrlWithCertManager_IsCertifiedAndTrusted(string url, string expected)
    {
        var text = (await CommandRun.RunAsync($"manifests --certificates certManager {url}")).Output;

        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Contains("cert-manager.io/inject-ca-from: image-registry/image-registry-tls\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--certificates secret --url https://webhook.example.com")]
    [InlineData("--format static --url https://webhook.example.com")]
    public async Task Manifests_UrlWithAPublicCa_NeedsNone(string arguments)
    {
        var run = await CommandRun.RunAsync($"manifests {arguments}");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("inject-ca-from", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_CertificatesOfTheConfiguration_AreThoseOfEveryCommand()
    {
        var secret = new[] { ("AdmissionWebhooks:Manifests:Certificates", "secret"), ("AdmissionWebhooks:Manifests:Url", "https://webhook.example.com") };

        Assert.DoesNotContain("cert-manager", (await CommandRun.RunAsync("manifests", settings: secret)).Output, StringComparison.Ordinal);
        Assert.Contains("cert-manager", (await CommandRun.RunAsync("manifests --certificates certManager", settings: secret)).Output, StringComparison.Ordinal);
        var wrong = await CommandRun.RunAsync("diff", settings: [("AdmissionWebhooks:Manifests:Certificates", "file")]);
        Assert.Equal((2, "error: AdmissionWebhooks:Manifests:Certificates is \"file\"; it must be managed, certManager or secret.\n"), (wrong.ExitCode, wrong.Error));
    }

    [Fact]
    public async Task Manifests_LongName_HasACommonNameThatCertManagerTakes()
    {
        var text = (await CommandRun.RunAsync($"manifests --certificates certManager --app {new string('a', 63)}")).Output;

        var line = text.Split('\n').Single(item => item.Contains("commonName: ", StringComparison.Ordinal));
        Assert.InRange(line.Trim()["commonName: ".Length..].Length, 1, 64);
    }

    [Fact]
    public async Task Manifests_OwnObjects_GetTheirKindAndANamespaceIfTheyHaveOne()
    {
        var run = await CommandRun.RunAsync("manifests --namespace webhooks", configure: commandLine => commandLine
            .AddObject(_ => new V1ClusterRole { Metadata = new V1ObjectMeta { Name = "reader" } })
            .AddObject(_ => new V1Secret { Metadata = new V1ObjectMeta { Name = "key" } }));

        var extra = run.Output.Split("# extra.yaml\n")[1].Split("# deployment.yaml\n")[0];
        Assert.Contains("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: reader\n  labels:\n", extra, StringComparison.Ordinal);
        Assert.Contains("apiVersion: v1\nkind: Secret\nmetadata:\n  name: key\n  namespace: webhooks\n", extra, StringComparison.Ordinal);
    }

    public static TheoryData<string> Kinds => [.. OperationsOfKinds().Select(pair => pair.Type.Name).Distinct()];

    // KubernetesClient's operations say which kinds have a namespace.
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Manifests_OwnObjectOfAnyKind_HasANamespaceExactlyIfTheKindHas(string kind)
    {
        var (type, operation) = OperationsOfKinds().First(pair => pair.Type.Name == kind);
        var item = (IKubernetesObject<V1ObjectMeta>)Activator.CreateInstance(type)!;
        item.Metadata = new V1ObjectMeta { Name = "own" };

        var run = await CommandRun.RunAsync("manifests --namespace webhooks", configure: commandLine => commandLine.AddObject(_ => item));

        var extra = run.Output.Split("# extra.yaml\n")[1].Split("# deployment.yaml\n")[0];
        Assert.Equal(operation.StartsWith("CreateNamespaced", StringComparison.Ordinal), extra.Contains("\n  namespace: webhooks\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Manifests_OwnObjectWithoutAName_IsAnErrorInOneLine()
    {
        var run = await CommandRun.RunAsync("manifests", configure: commandLine => commandLine.AddObject(_ => new V1Secret { Metadata = new V1ObjectMeta() }));

        Assert.Equal((2, "error: an object of the type V1Secret, added with AddObject, lacks a name: set it.\n"), (run.ExitCode, run.Error));
    }

    private static IEnumerable<(Type Type, string Operation)> OperationsOfKinds() =>
        // A client has a property for each group of the API.
        from operations in typeof(IKubernetes).GetInterfaces().Append(typeof(IKubernetes)).SelectMany(type => type.GetProperties()).Select(property => property.PropertyType)
        from method in operations.GetMethods()
        where method.Name.StartsWith("Create", StringComparison.Ordinal)
        let body = method.GetParameters()[0].ParameterType
        // Objects behind a subresource are nobody's to deploy, and neither are answers that are not stored.
        where body.IsAssignableTo(typeof(IKubernetesObject<V1ObjectMeta>)) && body.GetConstructor([]) is not null && method.Name.EndsWith($"{Bare(body)}WithHttpMessagesAsync", StringComparison.Ordinal)
        orderby body.Name
        select (body, method.Name);

    private static string Bare(Type type) => type.GetCustomAttribute<KubernetesEntityAttribute>()?.Kind ?? type.Name;

    private static void OnAnotherPort(WebApplication app)
    {
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks(port: 8080);
    }
}
