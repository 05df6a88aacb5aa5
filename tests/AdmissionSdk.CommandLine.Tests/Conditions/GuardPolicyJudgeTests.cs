using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Conditions;
using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Conditions;

/// <summary>Guard policies of a registration: what the API server would refuse, and what <c>manifests</c> writes.</summary>
/// <remarks>Covers <see cref="GuardPolicyJudge"/>, <see cref="GuardPolicyManifests"/>, <see cref="TargetOptions"/>.</remarks>
public sealed class GuardPolicyJudgeTests : IDisposable
{
    private const string Name = "owner.teams.example.com";
    private readonly ManifestCommand _command = new();

    public void Dispose() => _command.Dispose();

    public static TheoryData<string, Action<GuardPolicyBuilder>> Refused => new()
    {
        { "variable a does not compile: line 1, column 1: undeclared reference to 'objct'", policy => policy.Variable("a", "objct.x").Validate("true", "m") },
        { "variable a is there twice", policy => policy.Variable("a", "1").Variable("a", "2").Validate("true", "m") },
        { "validation 1 does not compile: must evaluate to bool but got dyn", policy => policy.Validate("object.spec", "m") },
        { "validation 2 does not compile: line 1, column 10: undefined field 'b'", policy => policy.Variable("a", "1").Validate("variables.a == 1", "m").Validate("variables.b == 1", "m") },
        { "message expression 1 does not compile: must evaluate to string but got int", policy => policy.Validate("true", "m", "1") },
        { "message 1 has a line break", policy => policy.Validate("true", "a\nb") },
        { "validates nothing", policy => policy.Note("later") },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Manifests_PolicyThatTheApiServerRefuses_IsRefusedWithThePlace(string problem, Action<GuardPolicyBuilder> configure)
    {
        var run = await _command.RunAsync(webhooks => Add(webhooks, configure), "manifests", "--format", "webhooks");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{Name}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_NewerFunction_IsRefusedForAnOlderServer()
    {
        void Webhooks(AdmissionWebhooksBuilder webhooks) => Add(webhooks, policy => policy.Validate("[2, 1].sort() == [1, 2]", "m"));

        Assert.Equal(0, (await _command.RunAsync(Webhooks, "manifests", "--format", "webhooks")).ExitCode);
        Assert.Contains("undeclared reference to 'sort'", (await _command.RunAsync(Webhooks, "manifests", "--format", "webhooks", "--kube-version", "1.30")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_PolicyWithNotes_WritesThemAboveThePolicyAndThePartialLineFirst()
    {
        var run = await _command.RunAsync(
            webhooks => Add(webhooks, policy => policy.Validate("'owner' in object.metadata.?labels.orValue({})", "every pod needs the label owner").Note("one line").Partial("images are left to the webhook")),
            "manifests", "--format", "webhooks");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"# The guard is partial: {Name}: images are left to the webhook\n# webhooks.yaml\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"# guard-policy.yaml\n# The guard is partial: {Name}: images are left to the webhook\n# {Name}: one line\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--guard-policy false", false)]
    [InlineData("--guard-policy", true)]
    [InlineData("--guard-policy true", true)]
    [InlineData("", true)]
    public async Task Manifests_Option_SwitchesThePolicy(string option, bool isWritten)
    {
        var run = await _command.RunAsync(
            webhooks => Add(webhooks, policy => policy.Validate("true", "m")), ["manifests", "--format", "webhooks", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((0, isWritten), (run.ExitCode, run.Output.Contains("ValidatingAdmissionPolicyBinding", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Manifests_Static_WritesEachObjectIntoTheDirectoryOfThePlugin()
    {
        var run = await _command.RunAsync(webhooks => Add(webhooks, policy => policy.Validate("true", "m")), "manifests", "--format", "static", "--url", "https://webhook.example.com");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"# validating-policies/{Name}.policy.yaml\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"# validating-policies/{Name}.binding.yaml\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"policyName: app.app.{Name}.static.k8s.io\n", run.Output, StringComparison.Ordinal);
    }

    private static void Add(AdmissionWebhooksBuilder webhooks, Action<GuardPolicyBuilder> configure) =>
        webhooks.AddValidatingWebhook(Name, webhook => webhook.Handle<V1Pod>(context => AdmissionResult.Allow()).GuardPolicy(configure));
}
