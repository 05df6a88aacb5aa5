using AdmissionSdk.Linting;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AdmissionSdk.Tests.Linting;

/// <summary>Rules find the webhooks that break the rule, and leave the nearest other webhooks alone.</summary>
/// <remarks>Covers <see cref="AdmissionLint"/>, <see cref="BypassRules"/>, <see cref="CallRules"/>, <see cref="ConditionRules"/>, <see cref="LockoutRules"/>, <see cref="TypeRules"/>, <see cref="CelNames"/>, <see cref="LintAtStart"/>.</remarks>
public sealed class AdmissionLintTests
{
    public static TheoryData<string> Ids => new(AdmissionLint.Rules.Select(rule => rule.Id));

    [Fact]
    public void Rules_Ids_AreUniqueAndWithoutGaps() =>
        Assert.Equal(Enumerable.Range(1001, AdmissionLint.Rules.Count).Select(number => $"ADM{number}"), AdmissionLint.Rules.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Run_WebhooksThatBreakTheRule_FindsThem(string id)
    {
        var example = LintCases.All[id];

        var finding = AdmissionLint.Run(example.Create(example.Bad), example.BadTarget).First(finding => finding.Rule.Id == id);

        Assert.NotEmpty(finding.Message);
        Assert.EndsWith($"Fix: {finding.Rule.Fix}", finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Run_TheNearestThatDoesNot_FindsNothing(string id)
    {
        var example = LintCases.All[id];

        Assert.DoesNotContain(AdmissionLint.Run(example.Create(example.Good), example.GoodTarget), finding => finding.Rule.Id == id);
    }

    [Fact]
    public void Run_OptionalMembers_AreNamedByPath()
    {
        var finding = AdmissionLint.Run(TestRegistry.Create(LintCases.All["ADM1022"].Bad)).Single(finding => finding.Rule.Id == "ADM1022");

        Assert.Equal("Widget has optional members that are not nullable: spec.replicas.", finding.Message, ignoreCase: true);
    }

    [Fact]
    public void Run_AcceptedFinding_IsLeftOutAndOthersStay()
    {
        var findings = AdmissionLint.Run(TestRegistry.Create(webhooks => webhooks.AddValidatingWebhook("guard.registry.example.com", webhook => webhook
            .FailurePolicy(FailurePolicy.Ignore).OnTooLarge(TooLargePolicy.Deny).Timeout(TimeSpan.FromSeconds(20)).AcceptLint("ADM1001", "only advice")
            .Handle<V1Service>(context => AdmissionResult.Allow()))));

        Assert.Equal(["ADM1014"], findings.Select(finding => finding.Rule.Id));
    }

    [Fact]
    public void Run_SeveralFindings_TheWorstComeFirst()
    {
        var findings = AdmissionLint.Run(TestRegistry.Create(webhooks => webhooks.AddMutatingWebhook("change.registry.example.com", webhook => webhook
            .Timeout(TimeSpan.FromSeconds(20)).Handle<V1Service>(context => AdmissionResult.Allow(), rule => rule.On(Operations.Delete)))));

        Assert.Equal(["ADM1016", "ADM1014", "ADM1013"], findings.Select(finding => finding.Rule.Id));
    }

    [Fact]
    public async Task Start_WithFindings_LogsEachAndStarts()
    {
        var logs = new FakeLoggerProvider();
        await using var host = await WebhookHost.StartAsync(
            LintCases.All["ADM1001"].Bad, services: services => services.AddLogging(logging => logging.AddProvider(logs)));

        var records = logs.Collector.GetSnapshot().Where(record => record.Id.Name == "LintFound").ToList();
        Assert.All(records, record => Assert.Equal(LogLevel.Warning, record.Level));
        Assert.Collection(
            records,
            record => Assert.StartsWith("ADM1001: guard.registry.example.com: it validates under failurePolicy Ignore", record.Message, StringComparison.Ordinal),
            record => Assert.StartsWith("ADM1039: guard.registry.example.com: it validates under failurePolicy Ignore", record.Message, StringComparison.Ordinal));
    }
}
