using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using AdmissionSdk;
using AdmissionSdk.Testing;
using k8s.Models;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Snippets.Tests.ExistingHosts;

/// <summary>The code in docs/existing-hosts.md: webhooks beside controllers, authentication and middleware, on real ports.</summary>
/// <remarks>Covers docs/existing-hosts.md.</remarks>
public sealed class ExistingHostSnippets
{
    private const string Review = "/validate/pods.shop.example.com?timeout=5s";

    private static readonly byte[] Pod = AdmissionReviewBuilder.Create(new V1Pod
    {
        Metadata = new V1ObjectMeta { Name = "web" },
        Spec = new V1PodSpec { HostNetwork = true, Containers = [new V1Container { Name = "main" }] },
    }).ToBytes();

    [Fact]
    public async Task Webhooks_BesideEverythingElse_AnswerWithoutIt()
    {
        var (http, https) = (FreePort(), FreePort());
        await using var app = await StartAsync(http, https, []);
        using var client = Client();

        using var reviewed = await PostAsync(client, $"https://127.0.0.1:{https}{Review}");
        var body = await reviewed.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, reviewed.StatusCode);
        Assert.Contains("use a Service", body, StringComparison.Ordinal);
        Assert.False(reviewed.Headers.Contains("X-Shop"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri($"https://127.0.0.1:{https}/readyz"))).StatusCode);
    }

    [Fact]
    public async Task Application_BesideWebhooks_IsAsBefore()
    {
        var (http, https) = (FreePort(), FreePort());
        await using var app = await StartAsync(http, https, []);
        using var client = Client();
        var orders = new Uri($"http://127.0.0.1:{http}/orders");

        using var anonymous = await client.GetAsync(orders);
        using var request = new HttpRequestMessage(HttpMethod.Get, orders) { Headers = { { "X-Api-Key", "secret" } } };
        using var known = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal("orders of alice", await known.Content.ReadAsStringAsync());
        Assert.Equal("yes", known.Headers.GetValues("X-Shop").Single());
    }

    [Fact]
    public async Task Webhooks_OnTheApplicationsOwnPort_AreNotFound()
    {
        var (http, https) = (FreePort(), FreePort());
        await using var app = await StartAsync(http, https, []);
        using var client = Client();

        using var reviewed = await PostAsync(client, $"http://127.0.0.1:{http}{Review}");
        using var probed = await client.GetAsync(new Uri($"http://127.0.0.1:{http}/readyz"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (reviewed.StatusCode, probed.StatusCode));
    }

    [Theory]
    [InlineData("shop.example.com", HttpStatusCode.BadRequest)]
    [InlineData("shop.example.com;*.svc", HttpStatusCode.OK)]
    public async Task Webhooks_AllowedHosts_MustHaveTheServicesName(string allowed, HttpStatusCode status)
    {
        var (http, https) = (FreePort(), FreePort());
        await using var app = await StartAsync(http, https, [$"--AllowedHosts={allowed}"]);
        using var client = Client();

        using var reviewed = await PostAsync(client, $"https://127.0.0.1:{https}{Review}", host: "shop.default.svc:443");

        Assert.Equal(status, reviewed.StatusCode);
    }

    private static async Task<WebApplication> StartAsync(int http, int tlsPort, string[] args)
    {
        var builder = WebApplication.CreateBuilder([$"--urls=http://127.0.0.1:{http}", $"--AdmissionWebhooks:Tls:Port={tlsPort}", "--environment=Development", .. args]);
        builder.Logging.ClearProviders();
        builder.Services.AddControllers().AddApplicationPart(typeof(OrdersController).Assembly);

        #region existing-hosts-services
        // The application has these already.
        builder.Services.AddAuthentication("ApiKey").AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>("ApiKey", null);
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddResponseCompression(options => options.EnableForHttps = true);

        // New: one more listener, with TLS on port 8443, and the webhooks.
        builder.Services.AddAdmissionTls();
        builder.Services.AddAdmissionWebhooks().AddValidator<V1Pod>("pods.shop.example.com", context =>
            context.Object.Spec?.HostNetwork == true ? AdmissionResult.Deny("hostNetwork is not allowed: use a Service") : AdmissionResult.Allow());
        #endregion

        var app = builder.Build();

        #region existing-hosts-pipeline
        app.Use((http, next) =>
        {
            http.Response.Headers["X-Shop"] = "yes";
            return next(http);
        });
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapControllers();

        // New, on the port of AddAdmissionTls only.
        var port = app.Configuration.GetValue("AdmissionWebhooks:Tls:Port", 8443);
        app.MapAdmissionWebhooks().Add(endpoint =>
        {
            var serve = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http =>
            {
                if (http.Connection.LocalPort == port || http.Connection.LocalPort == 0) // 0: commands and tests, which have no port
                {
                    return serve(http);
                }

                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
        });
        app.MapAdmissionHealthChecks(port);
        #endregion

        await app.StartAsync();
        return app;
    }

    private static HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        // The development certificate is self-signed.
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, certificate, _, errors) => certificate is not null && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) },
    });

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string uri, string? host = null)
    {
        using var content = new ByteArrayContent(Pod) { Headers = { ContentType = new("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = content };
        request.Headers.Host = host;
        return await client.SendAsync(request);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
