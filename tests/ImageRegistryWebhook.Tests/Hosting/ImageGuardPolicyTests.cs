using System.Text.Json.Nodes;
using ImageRegistryWebhook.Hosting;
using YamlDotNet.Serialization;

namespace ImageRegistryWebhook.Tests.Hosting;

/// <summary><c>manifests --guard-policy</c> writes the guard policy of the policy file.</summary>
/// <remarks>Covers <see cref="ImageGuardPolicy"/>, <see cref="WebhookSetup"/>.</remarks>
public sealed class ImageGuardPolicyTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("guard-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Manifests_WithTheOption_PolicyHasTheWebhooksRulesAndExemptions()
    {
        var run = await RunAsync("default: deny", "--guard-policy");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var objects = Objects(run.Output);
        var (policy, binding) = (objects["ValidatingAdmissionPolicy"], objects["ValidatingAdmissionPolicyBinding"]);
        var webhook = objects["ValidatingWebhookConfiguration"]["webhooks"]![0]!;
        var match = policy["spec"]!["matchConstraints"]!;
        Assert.Equal("Fail", (string?)policy["spec"]!["failurePolicy"]);
        Assert.Equal(webhook["namespaceSelector"]!.ToJsonString(), match["namespaceSelector"]!.ToJsonString());
        Assert.Equal(webhook["rules"]!.ToJsonString(), match["resourceRules"]!.ToJsonString());
        Assert.Null(policy["spec"]!["paramKind"]);
        Assert.Equal("""["Deny"]""", binding["spec"]!["validationActions"]!.ToJsonString());
        Assert.Equal((string?)policy["metadata"]!["name"], (string?)binding["spec"]!["policyName"]);
    }

    [Theory]
    [InlineData("Warn", """["Warn"]""")]
    [InlineData("Audit", """["Audit"]""")]
    [InlineData("Enforce", """["Deny"]""")]
    public async Task Manifests_Mode_DecidesWhatTheBindingDoes(string mode, string actions)
    {
        var run = await RunAsync("default: deny", "--guard-policy", $"--AdmissionWebhooks:Webhooks:{WebhookSetup.GuardName}:Mode={mode}");

        Assert.Equal(actions, Objects(run.Output)["ValidatingAdmissionPolicyBinding"]["spec"]!["validationActions"]!.ToJsonString());
    }

    [Fact]
    public async Task Manifests_WithoutTheOption_HasNoPolicy()
    {
        var run = await RunAsync("default: deny");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("ValidatingAdmissionPolicy", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_RuleThatIsLeftToTheWebhook_FirstLineSaysSo()
    {
        const string Policy = "rules: [{name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub, guard: webhook}]\ndefault: allow";
        var run = await RunAsync(Policy, "--guard-policy");
        var files = await RunAsync(Policy, "--guard-policy", "--out", _directory);
        var again = await RunAsync(Policy, "--out", _directory);

        Assert.StartsWith("# The guard is partial: guard.registry-webhook.example.com: images of rule hub are left to the webhook (guard: webhook)", run.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (files.ExitCode, again.ExitCode));

        // The file of the first run is known as generated although its first line is another.
        Assert.False(File.Exists(Path.Combine(_directory, "guard-policy.yaml")));
    }

    [Fact]
    public async Task Manifests_VersionWithoutPolicies_IsRefusedWithTheReason()
    {
        var run = await RunAsync("default: deny", "--guard-policy", "--kube-version", "1.29");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Kubernetes 1.29 has no ValidatingAdmissionPolicies", run.Error, StringComparison.Ordinal);
    }

    private static Dictionary<string, JsonObject> Objects(string output)
    {
        var json = new SerializerBuilder().JsonCompatible().Build();
        return output.Split("\n---\n").Select(document => JsonNode.Parse(json.Serialize(new Deserializer().Deserialize(document)!))!.AsObject())
            .DistinctBy(item => (string)item["kind"]!).ToDictionary(item => (string)item["kind"]!, StringComparer.Ordinal);
    }

    private Task<ProgramRun> RunAsync(string policy, params string[] arguments)
    {
        var file = Path.Combine(_directory, "policy.file");
        File.WriteAllText(file, policy);
        var settings = arguments.Where(argument => argument.StartsWith("--AdmissionWebhooks", StringComparison.Ordinal)).Select(argument => argument[2..].Split('=')).ToDictionary(pair => pair[0].Replace(":", "__", StringComparison.Ordinal), pair => pair[1]);
        return ProgramRun.RunAsync(
            new Dictionary<string, string>(settings) { ["PolicyFile"] = file },
            ["manifests", .. arguments.Where(argument => !argument.StartsWith("--AdmissionWebhooks", StringComparison.Ordinal))]);
    }
}
