using AdmissionSdk.Testing;
using AdmissionSdk.Testing.Simulation;
using CustomResource;

namespace Samples.Tests;

/// <remarks>Covers <see cref="Backup"/>, <see cref="BackupGuard"/>.</remarks>
public sealed class CustomResourceTests
{
    [Fact]
    public async Task Program_Backup_IsDefaultedAndJudged()
    {
        await using var host = await SampleHost.StartAsync<Backup>();
        var server = new SimulatedApiServer();
        server.AddCustomResourceDefinition(SampleHost.Read("CustomResource", "backup.crd.yaml"));
        server.RegisterWebhooks(host);
        var backup = SampleHost.Read("CustomResource", "backup.yaml");

        var denied = await server.CreateAsync(backup);
        var stored = (await server.CreateAsync(backup.Replace("1m", "90m", StringComparison.Ordinal))).EnsureSuccess().GetObject();

        Assert.Equal("The Backup \"nightly\" is invalid: spec.every: is at least 5m", denied.KubectlOutput!.Trim());
        Assert.Equal(("90m", 7), ((string?)stored["spec"]!["every"], (int?)stored["spec"]!["keep"]));
        await host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(stored), webhook: "defaults.samples.example.com");
        await host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(stored), webhook: "backups.samples.example.com");
    }
}
