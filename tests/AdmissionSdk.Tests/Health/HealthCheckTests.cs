using System.Net;
using AdmissionSdk.Hosting;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Tests.Health;

/// <summary>What the kubelet is told. Nothing that all replicas share may take them out of service together.</summary>
public sealed class HealthCheckTests
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Readyz_Started_IsReady()
    {
        await using var app = await StartAsync();

        Assert.Equal((HttpStatusCode.OK, "Healthy\nadmission: Healthy\nadmission-load: Healthy\n"), await GetAsync(app, "/readyz"));
        Assert.Equal((HttpStatusCode.OK, "Healthy\n"), await GetAsync(app, "/livez"));
    }

    [Theory]
    [InlineData(DrainPhase.Draining)]
    [InlineData(DrainPhase.Refusing)]
    public async Task Readyz_OnTheWayOut_IsNotReadyButAlive(object phase)
    {
        await using var app = await StartAsync();

        app.Services.GetRequiredService<DrainState>().Advance((DrainPhase)phase);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy\nadmission: Unhealthy (draining)\nadmission-load: Healthy\n"), await GetAsync(app, "/readyz"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/livez")).Status);
    }

    [Fact]
    public async Task Readyz_CertificateMissingOrExpired_SaysSo()
    {
        var time = TlsHost.Clock();
        using var secret = new MountedSecret();
        await using var app = await StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(time);
            services.AddAdmissionTls(options => options.CertificatePath = secret.CertificatePath);
        });
        Assert.Contains("(no certificate)", (await GetAsync(app, "/readyz")).Text, StringComparison.Ordinal);

        secret.Swap(TestCertificate.Create(time.GetUtcNow(), TimeSpan.FromHours(1)));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/readyz")).Status);

        time.Advance(TimeSpan.FromHours(2));
        Assert.Contains("(the certificate is not valid now)", (await GetAsync(app, "/readyz")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/livez")).Status);
    }

    [Fact]
    public async Task Readyz_AllSlotsTakenByHangingHandlers_IsDegradedAndReady()
    {
        // The dependency hangs for every replica: to take them away, or to restart them, makes it worse.
        await using var app = await StartAsync();
        using var client = app.GetTestClient();

        using var answer = await client.PostAsync(new Uri("/hook?timeout=300ms", UriKind.Relative), WebhookHost.Json(TestReviews.CreatePod()));
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);

        Assert.Equal(
            (HttpStatusCode.OK, $"Degraded\nadmission: Healthy\nadmission-load: Degraded ({WebhookHost.Name}: all slots taken; 1 handlers outlived their review)\n"),
            await GetAsync(app, "/readyz"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/livez")).Status);
        _release.SetResult();
    }

    [Fact]
    public async Task Readyz_ChecksOfTheApplication_AreAskedOnlyWithTheTag()
    {
        await using var app = await StartAsync(services => services.AddHealthChecks()
            .AddCheck("mine", () => HealthCheckResult.Unhealthy("no disk"), ["admission-ready"])
            .AddCheck("database", () => HealthCheckResult.Unhealthy("shared by all")));

        var (status, text) = await GetAsync(app, "/readyz");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy\nadmission: Healthy\nadmission-load: Healthy\nmine: Unhealthy (no disk)\n"), (status, text));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/livez")).Status);
    }

    [Fact]
    public async Task Map_OnePort_IsNotServedOnOthers()
    {
        await using var app = await StartAsync(port: 8080);

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "http://localhost:8080/readyz")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(app, "http://localhost:8443/readyz")).Status);
    }

    [Fact]
    public async Task Map_AuthorizationFallbackPolicy_DoesNotLockTheKubeletOut()
    {
        await using var app = await StartAsync(services =>
        {
            services.AddAuthentication();
            services.AddAuthorizationBuilder().AddFallbackPolicy("all", policy => policy.RequireAuthenticatedUser());
        });

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/readyz")).Status);
    }

    [Fact]
    public async Task Map_WithoutServices_SaysWhatToCall()
    {
        var builder = WebApplication.CreateBuilder();
        await using var app = builder.Build();

        Assert.Contains("AddAdmissionWebhooks", Assert.Throws<InvalidOperationException>(() => app.MapAdmissionHealthChecks()).Message, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(IHost app, string path)
    {
        using var client = app.GetTestClient();
        using var response = await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<WebApplication> StartAsync(Action<IServiceCollection>? services = null, int? port = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddAdmissionWebhooks().AddValidating(
            WebhookHost.Name, hook => hook.Path("/hook").MaxConcurrentReviews(1).Handle<V1Pod>(async (_, _) =>
            {
                await _release.Task;
                return AdmissionResult.Allow();
            }));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks(port);
        await app.StartAsync();
        return app;
    }
}
