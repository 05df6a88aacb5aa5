using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.CommandLine.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <remarks>Covers <see cref="LintCommand"/>, <see cref="OptionValue"/>, <see cref="RuleReport"/>, <see cref="ReportRule"/>, <see cref="ReportOption"/>, <see cref="Finding"/>, <see cref="SarifReport"/>, <see cref="JUnitReport"/>, <see cref="GitHubReport"/>.</remarks>
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

        var findings = JsonNode.Parse(run.Output)!.AsArray();
        Assert.Equal(["ADM1001", "ADM1039"], findings.Select(item => (string?)item!["rule"]));
        var finding = findings[0]!;
        Assert.Equal(("ADM1001", "warning", "guard.registry.example.com"), ((string?)finding["rule"], (string?)finding["level"], (string?)finding["subject"]));
        Assert.StartsWith("choose FailurePolicy.Fail", (string?)finding["fix"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lint_Sarif_RefersToItsRules()
    {
        var run = await RunAsync("lint --output sarif", FailurePolicy.Ignore);

        var sarif = JsonNode.Parse(run.Output)!["runs"]![0]!;
        Assert.Equal(["ADM1001", "ADM1039"], sarif["results"]!.AsArray().Select(item => (string?)item!["ruleId"]));
        var result = sarif["results"]![0]!;
        Assert.Equal("warning", (string?)result["level"]);
        var rules = sarif["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.Contains((string?)result["ruleId"], rules.Select(rule => (string?)rule!["id"]));
        Assert.Equal("A guard that fails open", (string?)rules[0]!["shortDescription"]!["text"]);
        Assert.StartsWith("Under failurePolicy Ignore", (string?)rules[0]!["fullDescription"]!["text"], StringComparison.Ordinal);
        Assert.StartsWith("choose FailurePolicy.Fail", (string?)rules[0]!["help"]!["text"], StringComparison.Ordinal);
        Assert.Equal("warning", (string?)rules[0]!["defaultConfiguration"]!["level"]);
        var place = result["locations"]![0]!["physicalLocation"]!;
        Assert.Equal(("Program.cs", 1), ((string?)place["artifactLocation"]!["uri"], (int)place["region"]!["startLine"]!));
    }

    [Fact]
    public async Task Lint_SarifWithASource_ShowsTheFindingsThere()
    {
        var run = await RunAsync("lint --output sarif --source src/Guard/Program.cs", FailurePolicy.Ignore);

        Assert.Contains("\"uri\":\"src/Guard/Program.cs\"", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lint --output junit", "Ignore", "0")]
    [InlineData("lint --output junit --kube-version 1.20", "Fail", "1")]
    public async Task Lint_JUnit_HasACaseForEachFindingAndAFailureForEachError(string arguments, string policy, string failures)
    {
        var run = await RunAsync(arguments, Enum.Parse<FailurePolicy>(policy));

        var suite = XDocument.Parse(run.Output).Root!.Element("testsuite")!;
        Assert.Equal(failures, (string?)suite.Attribute("failures"));
        Assert.All(suite.Elements("testcase"), item => Assert.Equal("Program.cs", (string?)item.Attribute("classname")));
        Assert.NotEmpty(suite.Elements("testcase"));
    }

    [Fact]
    public async Task Lint_GitHub_IsAnAnnotationOfTheSource()
    {
        var run = await RunAsync("lint --output github --source src/Guard/Program.cs", FailurePolicy.Ignore);

        Assert.StartsWith(
            "::warning file=src/Guard/Program.cs,line=1,col=1,title=ADM1001::guard.registry.example.com: it validates under failurePolicy Ignore: ", run.Output, StringComparison.Ordinal);
        Assert.Contains(" Fix: choose FailurePolicy.Fail", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", "[]\n")]
    [InlineData("github", "")]
    public async Task Lint_NothingToFind_IsAnEmptyReport(string format, string expected)
    {
        var run = await CommandRun.RunAsync($"lint --output {format}");

        Assert.Equal((0, expected), (run.ExitCode, run.Output));
    }

    // A message names the option and what to write, and no type of .NET.
    [Theory]
    [InlineData("lint --output xml", "--output is 'xml': write text or json or sarif or junit or github.")]
    [InlineData("check --output 1", "--output is '1': write text or json or sarif or junit or github.")]
    [InlineData("manifests --format yaml", "--format is 'yaml': write plain or kustomize or helm or webhooks or static.")]
    [InlineData("manifests --replicas two", "--replicas is 'two': write a whole number from 1.")]
    [InlineData("manifests --service-port abc", "--service-port is 'abc': write a whole number from 1.")]
    [InlineData("manifests --certificates none", "--certificates is 'none': write managed or certManager or secret.")]
    public async Task Option_WrongWord_IsNamedWithTheRightOnes(string arguments, string message)
    {
        var run = await CommandRun.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("AdmissionSdk.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
    }

    // Every option of every command but serve, whose options are settings; with values that fit none of the options' types.
    [Theory]
    [InlineData("?")]
    [InlineData("-1")]
    public async Task Option_BadValue_IsCalledWithoutTypesOfDotNet(string value)
    {
        var commands = Regex.Matches((await CommandRun.RunAsync("--help")).Output, "^  (?<name>[a-z]+) ", RegexOptions.Multiline).Select(match => match.Groups["name"].Value).Except(["serve"]).ToList();
        Assert.Contains("certificates", commands);
        foreach (var command in commands)
        {
            var help = (await CommandRun.RunAsync($"{command} --help")).Output;
            var options = Regex.Matches(help, "(?<name>--[a-z-]+) <").Select(match => $"{match.Groups["name"].Value}={value}");

            // With an option that does not exist, nothing but the parser runs.
            var run = await CommandRun.RunAsync($"{command} {string.Join(' ', options)} --nonsense");

            Assert.Equal((command, 2), (command, run.ExitCode));
            Assert.DoesNotMatch(@"System\.|AdmissionSdk\.[A-Z]|\(Parameter|   at |expected type", run.Error);
        }
    }

    private static Task<CommandRun> RunAsync(string arguments, FailurePolicy policy) => CommandRun.RunAsync(arguments, webhooks => webhooks
        .AddValidatingWebhook("guard.registry.example.com", webhook => webhook.FailurePolicy(policy).Handle<V1Service>(context => AdmissionResult.Allow())));
}
