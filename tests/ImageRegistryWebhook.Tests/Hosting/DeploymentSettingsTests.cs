using ImageRegistryWebhook.Hosting;
using k8s;
using k8s.Models;

namespace ImageRegistryWebhook.Tests.Hosting;

/// <summary>The pods get the settings of the run of <c>manifests</c>.</summary>
/// <remarks>Covers <see cref="DeploymentSettings"/>.</remarks>
public sealed class DeploymentSettingsTests
{
    private static readonly string[] OfTheCluster = ["AdmissionWebhooks__", "DOTNET_", "PolicyFile"];

    [Theory]
    [InlineData("kustomize")]
    [InlineData("helm")]
    public async Task Manifests_WorkloadsAreLookedAt_ThePodsServeEveryPathThatIsRegistered(string format)
    {
        var directory = Directory.CreateTempSubdirectory("manifests-").FullName;
        try
        {
            var run = await ProgramRun.RunAsync(new Dictionary<string, string> { ["Workloads"] = "deny" }, "manifests", "--out", directory, "--format", format);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            var registered = Paths(Read(directory, "webhooks.yaml"));
            var variables = Variables(Read(directory, "deployment.yaml"));

            await using var webhook = await WebhookUnderTest.StartAsync(MirrorPolicy.Text, Arguments(variables));

            Assert.Contains("/validate/workloads", registered);
            Assert.Empty(registered.Except(webhook.Host.Webhooks.Select(webhook => webhook.Path)));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Manifests_RegistryLookups_ThePodsGetTheirSettingsAndTheSecret()
    {
        var run = await ProgramRun.RunAsync(
            new Dictionary<string, string>
            {
                ["RegistryLookup__Registries__0__Host"] = "registry.infra.svc:5000",
                ["RegistryLookup__Registries__0__PlainHttp"] = "true",
                ["RegistryLookup__CredentialsSecret"] = "registry-pull",
                ["PolicyPollInterval"] = "00:00:05",
            },
            "manifests");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var pod = Deployment(run.Output).Spec.Template.Spec;
        Assert.Equal(
            [
                "PolicyFile=/policy/policy.yaml",
                "PolicyPollInterval=00:00:05",
                "RegistryLookup__CredentialsFile=/registry-credentials/.dockerconfigjson",
                "RegistryLookup__Registries__0__Host=registry.infra.svc:5000",
                "RegistryLookup__Registries__0__PlainHttp=true",
            ],
            Variables(run.Output).Where(variable => !variable.StartsWith("AdmissionWebhooks__", StringComparison.Ordinal) && !variable.StartsWith("DOTNET_", StringComparison.Ordinal)));
        var secret = Assert.Single(pod.Volumes, volume => volume.Name == "registry-credentials").Secret;
        Assert.Equal(("registry-pull", ".dockerconfigjson"), (secret.SecretName, Assert.Single(secret.Items).Key));
        Assert.Equal("/registry-credentials", Assert.Single(pod.Containers[0].VolumeMounts, mount => mount.Name == "registry-credentials").MountPath);
    }

    [Fact]
    public async Task Manifests_CredentialsOfThisMachine_AreRefused()
    {
        var run = await ProgramRun.RunAsync(new Dictionary<string, string> { ["RegistryLookup__CredentialsFile"] = "/home/me/.docker/config.json" }, "manifests");

        Assert.Equal(
            (2, "error: RegistryLookup:CredentialsFile is a file of this machine, and pods that cannot read it do not start; name a Secret in RegistryLookup:CredentialsSecret.\n"),
            (run.ExitCode, run.Error));
    }

    private static string[] Arguments(IEnumerable<string> variables) =>
        [.. variables.Where(variable => !OfTheCluster.Any(prefix => variable.StartsWith(prefix, StringComparison.Ordinal))).Select(variable => "--" + variable.Replace("__", ":", StringComparison.Ordinal))];

    private static string[] Variables(string yaml) => [.. Deployment(yaml).Spec.Template.Spec.Containers[0].Env.Select(variable => $"{variable.Name}={variable.Value}")];

    private static V1Deployment Deployment(string yaml) =>
        KubernetesYaml.Deserialize<V1Deployment>(yaml.Split("\n---\n").Single(document => document.Contains("\nkind: Deployment\n", StringComparison.Ordinal)));

    private static List<string> Paths(string yaml) =>
    [
        .. KubernetesYaml.LoadAllFromString(yaml).SelectMany(configuration => configuration switch
        {
            V1MutatingWebhookConfiguration mutating => mutating.Webhooks.Select(webhook => webhook.ClientConfig.Service.Path),
            V1ValidatingWebhookConfiguration validating => validating.Webhooks.Select(webhook => webhook.ClientConfig.Service.Path),
            _ => [],
        }),
    ];

    // A chart's template without the lines in braces, which are not in the lists that these tests read.
    private static string Read(string directory, string name) =>
        string.Join('\n', File.ReadAllLines(Directory.GetFiles(directory, name, SearchOption.AllDirectories).Single()).Where(line => !line.Contains("{{", StringComparison.Ordinal)));
}
