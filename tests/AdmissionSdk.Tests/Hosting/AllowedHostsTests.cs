using AdmissionSdk.Hosting;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>Settings that keep the API server from the webhooks are named at start.</summary>
/// <remarks>Covers <see cref="AllowedHostsCheck"/>, <see cref="RouteCheck"/>, <see cref="MappedState"/>, <see cref="StartReport"/>.</remarks>
public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData("shop.example.com", true)]
    [InlineData("*.shop.svc", true)]
    [InlineData("*", false)]
    [InlineData("", false)]
    [InlineData("shop.example.com;guard.team.svc", false)]
    [InlineData("*.team.svc", false)]
    public async Task Start_AllowedHosts_WarnsIfTheServiceIsNotAmongThem(string hosts, bool warns)
    {
        await using var app = Build(hosts, "");
        await app.StartAsync();

        var line = app.Services.GetFakeLogCollector().GetSnapshot().SingleOrDefault(record => record.Id.Name == "HostsFiltered");
        Assert.Equal(
            warns ? $"AllowedHosts is {hosts}, and the API server calls guard.team.svc, so every review would get status 400, and probes, whose host is the pod's address, too: set AllowedHosts to *" : null,
            line?.Message);
    }

    [Fact]
    public async Task Start_WebhooksInAGroup_IsRefused()
    {
        await using var app = Build("*", "/hooks");

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync());

        Assert.Contains($"{WebhookHost.Name} is served at /hooks/hook, and registered with /hook, which the API server would call: ", exception.Message, StringComparison.Ordinal);
    }

    private static WebApplication Build(string hosts, string group)
    {
        var builder = WebApplication.CreateBuilder(["--AllowedHosts", hosts, "--AdmissionWebhooks:Manifests:App=guard", "--AdmissionWebhooks:Manifests:Namespace=team"]);
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Services.AddAdmissionWebhooks().AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow()));
        var app = builder.Build();
        app.MapGroup(group).MapAdmissionWebhooks();
        return app;
    }
}
