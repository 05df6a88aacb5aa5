using AdmissionSdk.Testing.Tests.App;
using AdmissionSdk.Testing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Tests.Hosting;

/// <summary>A user's own Program, in memory. It asks for a port it may not have, so a test that really listened would fail.</summary>
public sealed class ProgramHostTests
{
    [Fact]
    public async Task Start_Program_ServesItsWebhooks()
    {
        await using var host = await AdmissionTestHost.StartAsync<Greeting>();

        var outcome = await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()));

        Assert.Equal("from the program in Development", outcome.EnsureDenied().Message);
        Assert.Equal("pods.app.example.com", Assert.Single(host.Webhooks).Name);
    }

    [Fact]
    public async Task Start_WithFakesAndArguments_UsesThem()
    {
        await using var host = await AdmissionTestHost.StartAsync<Greeting>(
            services => services.AddSingleton(new Greeting("from the test")),
            ["--environment=Staging"]);

        Assert.Equal("from the test in Staging", (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()))).Message);
    }

    [Fact]
    public async Task Start_TwoAtOnce_DoNotMeet()
    {
        string[] names = ["one", "two", "three"];

        var answers = await Task.WhenAll(names.Select(async name =>
        {
            await using var host = await AdmissionTestHost.StartAsync<Greeting>(
                services => services.AddSingleton(new Greeting(name)));
            return (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()))).Message!;
        }));

        Assert.Equal(["one in Development", "two in Development", "three in Development"], answers);
    }

    [Fact]
    public async Task Start_ProgramThatThrows_ThrowsTheSame()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => AdmissionTestHost.StartAsync<Greeting>(args: ["--fail"]));

        Assert.Equal("the program failed", exception.Message);
    }

    [Fact]
    public async Task Start_ProgramThatRunsNoHost_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => AdmissionTestHost.StartAsync<Greeting>(args: ["--help"]));

        Assert.Contains("ended before its host had started", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Library_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => AdmissionTestHost.StartAsync<AdmissionResult>());

        Assert.Contains("is no program", exception.Message, StringComparison.Ordinal);
    }
}
