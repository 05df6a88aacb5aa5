using AdmissionSdk.Testing.Checks;
using AdmissionSdk.Testing.Outcomes;
using AdmissionSdk.Testing.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static AdmissionSdk.Testing.Tests.Checks.Support.PropertyHost;

namespace AdmissionSdk.Testing.Tests.Checks;

/// <summary>The properties about dry runs, determinism, missing fields, size and time catch planted bugs.</summary>
/// <remarks>Covers <see cref="AdmissionProperties"/>, <see cref="DeterminismCheck"/>, <see cref="DryRunCheck"/>, <see cref="LargeObjectCheck"/>, <see cref="RequiredFields"/>, <see cref="SurvivalCheck"/>, <see cref="TimeCheck"/>, <see cref="OutcomeContent"/>.</remarks>
public sealed class SurvivalPropertiesTests
{
    [Fact]
    public async Task DryRunDecidesTheSame_SkipsOnDryRun_IsCaught()
    {
        await using var host = await MutateAsync(context =>
        {
            if (!context.DryRun)
            {
                (context.Object.Metadata.Labels ??= new Dictionary<string, string>())["seen"] = "yes";
            }

            return AdmissionResult.Allow();
        });

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureDryRunDecidesTheSameAsync(Review));

        AssertLines(
            exception,
            "The webhook's dry run is not what it should be.",
            "  From dry run to real, the outcome differs:",
            "  CREATE pods default/web by admin (dry run)");
    }

    [Fact]
    public async Task DryRunDecidesTheSame_SideEffect_IsCaughtByTheProbe()
    {
        var written = 0;
        await using var host = await MutateAsync(_ =>
        {
            Interlocked.Increment(ref written);
            return AdmissionResult.Allow();
        });

        await host.EnsureDryRunDecidesTheSameAsync(Review);
        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureDryRunDecidesTheSameAsync(Review, () => Volatile.Read(ref written)));

        Assert.Contains("The dry run had a side effect: the probe said ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deterministic_CountsItsCalls_IsCaught()
    {
        var calls = 0;
        await using var host = await MutateAsync(context =>
        {
            context.Warn($"call {Interlocked.Increment(ref calls)}");
            return AdmissionResult.Allow();
        });

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureDeterministicAsync(Review));

        Assert.Contains("The same review sent again got another response:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("~ /warnings/0: \"call ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SurvivesMissingFields_NeedsLabels_IsCaught()
    {
        await using var host = await MutateAsync(context =>
        {
            context.Object.Metadata.Labels["seen"] = "yes";
            return AdmissionResult.Allow();
        });
        var review = AdmissionReviewBuilder.Create(Pods.Web());

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureSurvivesMissingFieldsAsync(review));

        AssertLines(
            exception,
            "The webhook does not survive a missing field.",
            "  CREATE pods shop/web by kubernetes-admin",
            """  {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop"}}""");
        Assert.Contains("NullReferenceException", exception.Message, StringComparison.Ordinal);
        await host.EnsureSurvivesMissingFieldsAsync(review, required: ["/metadata/labels"]);
    }

    [Fact]
    public async Task SurvivesLargeObjects_GivesUpAtASize_IsCaughtWithTheSize()
    {
        await using var host = await MutateAsync(context =>
            context.Object.Metadata.Annotations?.Sum(annotation => annotation.Value.Length) > 100_000
                ? AdmissionResult.Fail("too much")
                : AdmissionResult.Allow());

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureSurvivesLargeObjectsAsync(AdmissionReviewBuilder.Create(Pods.Web())));

        var line = Assert.Single(exception.Message.Split('\n'), text => text.StartsWith("  That is with ", StringComparison.Ordinal));
        Assert.InRange(int.Parse(line.Split(' ')[5]), 100_001, 101_000);
        await host.EnsureSurvivesLargeObjectsAsync(AdmissionReviewBuilder.Create(Pods.Web()), bytes: 100_000);
    }

    [Fact]
    public async Task InTime_TakesLongerThanItsTimeout_IsCaught()
    {
        var time = new FakeTimeProvider();
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(time);
            services.AddAdmissionWebhooks().AddMutator<V1Pod>(Name, _ =>
            {
                time.Advance(TimeSpan.FromSeconds(6));
                return AdmissionResult.Allow();
            });
        });

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureInTimeAsync(Review));

        Assert.Contains("The webhook took 6 s, its timeout is 5 s", exception.Message, StringComparison.Ordinal);
    }
}
