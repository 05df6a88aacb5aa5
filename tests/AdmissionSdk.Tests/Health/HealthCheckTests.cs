using System.Net;
using System.Net.Sockets;
using AdmissionSdk.Health;
using AdmissionSdk.Hosting;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Tests.Health;

/// <summary>The probes of the kubelet. Nothing that all replicas share may take all replicas out of service.</summary>
/// <remarks>Covers <see cref="AdmissionHealthEndpointRouteBuilderExtensions"/>, <see cref="HealthServices"/>, <see cref="HealthText"/>, <see cref="LoadCheck"/>, <see cref="ReadinessCheck"/>, <see cref="AnonymousUnlessAuthorized"/>.</remarks>
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

        app.Services.GetRequiredService<DrainState>().TryAdvance((DrainPhase)phase);

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
        // The dependency hangs for every replica: taking replicas away, or restarting them, makes matters worse.
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

    [Theory]
    [InlineData(8080, "anything", 200)]
    [InlineData(8443, "localhost:8080", 404)]
    [InlineData(0, "localhost", 200)]
    public async Task Map_OnePort_IsThatOfTheConnectionAndNotOfTheHostHeader(int localPort, string hostHeader, int status)
    {
        await using var app = await StartAsync(port: 8080);
        var readyz = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Single(endpoint => endpoint.RoutePattern.RawText == "/readyz");
        var http = new DefaultHttpContext { RequestServices = app.Services };
        http.Connection.LocalPort = localPort;
        http.Request.Host = new HostString(hostHeader);

        await readyz.RequestDelegate!(http);

        Assert.Equal(status, http.Response.StatusCode);
    }

    [Fact]
    public async Task Map_OnePort_IsServedThereUnderKestrelAndNotOnOthers()
    {
        int[] ports = [FreePort(), FreePort()];
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls([.. ports.Select(port => $"http://127.0.0.1:{port}")]);
        builder.Services.AddAdmissionWebhooks();
        await using var app = builder.Build();
        app.MapAdmissionHealthChecks(ports[0]);
        await app.StartAsync();
        using var client = new HttpClient();
        async Task<HttpStatusCode> GetAsync(int port)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/readyz");
            request.Headers.Host = $"localhost:{ports[0]}";
            using var response = await client.SendAsync(request);
            return response.StatusCode;
        }

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await GetAsync(ports[0]), await GetAsync(ports[1])));
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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
            WebhookHost.Name, webhook => webhook.Path("/hook").MaxConcurrentReviews(1).Handle<V1Pod>(async (_, _) =>
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
