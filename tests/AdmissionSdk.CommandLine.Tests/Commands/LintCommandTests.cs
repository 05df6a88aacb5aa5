using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Commands;

public sealed class LintCommandTests
{
    [Fact]
    public async Task Lint_NothingToFind_SaysSo()
    {
        var run = await CommandRun.RunAsync("lint");

        Assert.Equal((0, "No findings.\n"), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData("lint", 0)]
    [InlineData("lint --strict", 1)]
    public async Task Lint_AWarning_FailsOnlyWhenStrict(string arguments, int exitCode)
    {
        var run = await RunAsync(arguments, FailurePolicy.Ignore);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.StartsWith("ADM1001 warning: guard.registry.example.com: it validates under failurePolicy Ignore: anyone who can make it fail can pass it. Fix: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lint_AnError_Returns1() =>
        Assert.Equal(1, (await RunAsync("lint --kube-version 1.20", FailurePolicy.Fail)).ExitCode);

    [Fact]
    public async Task Lint_Json_IsAnArrayOfFindings()
    {
        var run = await RunAsync("lint --output json", FailurePolicy.Ignore);

        var finding = Assert.Single(JsonNode.Parse(run.Output)!.AsArray())!;
        Assert.Equal(("ADM1001", "warning", "guard.registry.example.com"), ((string?)finding["id"], (string?)finding["severity"], (string?)finding["webhook"]));
    }

    [Fact]
    public async Task Lint_Sarif_RefersToItsRules()
    {
        var run = await RunAsync("lint --output sarif", FailurePolicy.Ignore);

        var sarif = JsonNode.Parse(run.Output)!["runs"]![0]!;
        var result = Assert.Single(sarif["results"]!.AsArray())!;
        Assert.Equal("warning", (string?)result["level"]);
        Assert.Contains((string?)result["ruleId"], sarif["tool"]!["driver"]!["rules"]!.AsArray().Select(rule => (string?)rule!["id"]));
        var place = result["locations"]![0]!["physicalLocation"]!;
        Assert.Equal(("Program.cs", 1), ((string?)place["artifactLocation"]!["uri"], (int)place["region"]!["startLine"]!));
    }

    [Fact]
    public async Task Lint_SarifWithASource_ShowsTheFindingsThere()
    {
        var run = await RunAsync("lint --output sarif --source src/Guard/Program.cs", FailurePolicy.Ignore);

        Assert.Contains("\"uri\": \"src/Guard/Program.cs\"", run.Output, StringComparison.Ordinal);
    }

    private static Task<CommandRun> RunAsync(string arguments, FailurePolicy policy) => CommandRun.RunAsync(arguments, webhooks => webhooks
        .AddValidating("guard.registry.example.com", hook => hook.FailurePolicy(policy).Handle<V1Service>(context => AdmissionResult.Allow())));
}
