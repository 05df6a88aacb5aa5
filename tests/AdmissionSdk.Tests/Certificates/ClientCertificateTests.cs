using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AdmissionSdk.Certificates;
using AdmissionSdk.Hosting;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared;

namespace AdmissionSdk.Tests.Certificates;

/// <summary>An authority of client certificates: only callers with a certificate of the authority may post reviews, and probes need none.</summary>
/// <remarks>Covers <see cref="CallerCertificate"/>, <see cref="ClientAuthority"/>, <see cref="ClientAuthorityLoader"/>, <see cref="CertificateWatcher"/>, <see cref="AdmissionListenerSetup"/>, <see cref="AdmissionTlsOptionsValidator"/>, <see cref="RequestGate"/>.</remarks>
public sealed class ClientCertificateTests : IDisposable
{
    private const string None = "this webhook requires a client certificate, and the caller showed none";

    private readonly SerialTimeProvider _time = TlsHost.Clock();
    private readonly string _authorityPath = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_authorityPath);

    [Fact]
    public async Task Post_CertificateOfTheAuthority_IsAnswered()
    {
        var client = Trusted();
        await using var host = await StartAsync();

        var (status, body) = await PostAsync(host, client);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"allowed\":true", body, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Information, Assert.Single(host.Logs, record => record.Id.Name == "ClientAuthorityLoaded").Level);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Post_NoCertificate_IsRefusedInWords(string version)
    {
        Trusted();
        await using var host = await StartAsync();

        await AssertRefusedAsync(host, null, None, version);
    }

    [Fact]
    public async Task Post_CertificateOfAnotherAuthority_IsRefused()
    {
        Trusted();
        await using var host = await StartAsync();

        await AssertRefusedAsync(host, TestClient.Create(_time.GetUtcNow()), "the client certificate is not accepted: ");
    }

    [Fact]
    public async Task Post_CertificateHasExpired_IsRefused()
    {
        var client = Trusted(daysLeft: -1);
        await using var host = await StartAsync();

        await AssertRefusedAsync(host, client, "the client certificate has expired");
    }

    [Fact]
    public async Task Post_CertificateExpiresOnAnOpenConnection_IsRefused()
    {
        var client = Trusted(daysLeft: 1);
        await using var host = await StartAsync();
        using var http = Client(host, client);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(http)).Status);

        _time.Advance(TimeSpan.FromDays(2));

        Assert.Equal((HttpStatusCode.Forbidden, "the client certificate has expired\n"), await PostAsync(http));
    }

    [Fact]
    public async Task Post_CertificateForServers_IsRefused()
    {
        var client = Trusted(forServers: true);
        await using var host = await StartAsync();

        await AssertRefusedAsync(host, client, "the client certificate is not accepted: NotValidForUsage");
    }

    [Fact]
    public async Task Post_IntermediateIsSentAlong_IsAnswered()
    {
        var client = Trusted(withIntermediate: true);
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, client)).Status);
    }

    [Theory]
    [InlineData("kube-apiserver", true)]
    [InlineData("api.cluster.test", true)]
    [InlineData("somebody-else", false)]
    [InlineData("KUBE-APISERVER", false)]
    public async Task Post_NamesAreGiven_OnlyThoseAreAnswered(string name, bool isAnswered)
    {
        var client = Trusted(dnsName: "api.cluster.test");
        await using var host = await StartAsync(options => options.ClientNames.Add(name));

        if (isAnswered)
        {
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, client)).Status);
        }
        else
        {
            await AssertRefusedAsync(host, client, "the client certificate has none of the names that may call this webhook");
        }
    }

    [Fact]
    public async Task Probe_NoCertificate_IsAnswered()
    {
        Trusted();
        await using var host = await StartAsync();
        using var http = Client(host, null);

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/readyz", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/livez", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Post_OverPlainHttp_IsRefused()
    {
        Trusted();
        await using var host = await StartAsync(builder: builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
        using var http = new HttpClient { BaseAddress = new Uri(Assert.Single(host.Addresses, text => text.StartsWith("http:", StringComparison.Ordinal))) };

        Assert.Equal((HttpStatusCode.Forbidden, None + "\n"), await PostAsync(http));
    }

    [Fact]
    public async Task Poll_AuthorityWasReplaced_AppliesToOpenConnectionsToo()
    {
        var before = Trusted();
        await using var host = await StartAsync();
        using var http = Client(host, before);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(http)).Status);

        var after = Trusted();
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(http)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, after)).Status);
    }

    [Fact]
    public async Task Poll_BundleHoldsOldAndNew_AnswersBoth()
    {
        var before = Trusted();
        await using var host = await StartAsync();
        var after = TestClient.Create(_time.GetUtcNow());

        File.WriteAllText(_authorityPath, before.AuthorityPem + "\n" + after.AuthorityPem + "\n");
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, before)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, after)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task Poll_NewFileIsBad_KeepsTheLastGoodOneAndSaysSoOnce(string pem)
    {
        var client = Trusted();
        await using var host = await StartAsync();

        File.WriteAllText(_authorityPath, pem);
        _time.Advance(TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, client)).Status);
        Assert.Equal(LogLevel.Error, Assert.Single(host.Logs, record => record.Id.Name == "ClientAuthorityRejected").Level);
    }

    [Fact]
    public async Task Start_FileIsMissing_AnswersNobodyAndIsNotReady()
    {
        await using var host = await StartAsync();
        var client = TestClient.Create(_time.GetUtcNow());

        await AssertRefusedAsync(host, client, "the authorities of client certificates are not loaded yet; see the log of the webhook");
        using var http = Client(host, null);
        using var ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("(no authority of client certificates)", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(LogLevel.Error, Assert.Single(host.Logs, record => record.Id.Name == "ClientAuthorityMissing").Level);

        File.WriteAllText(_authorityPath, client.AuthorityPem);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, client)).Status);
    }

    [Fact]
    public async Task Post_Stranger_IsCounted()
    {
        Trusted();
        await using var host = await StartAsync();
        using var rejections = new MetricCollector<long>(
            host.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "AdmissionSdk", "admission.request.rejections");

        await PostAsync(host, (TestClient?)null);

        Assert.Contains(Assert.Single(rejections.GetMeasurementSnapshot()).Tags, tag => tag is { Key: "admission.reason", Value: "caller" });
    }

    [Fact]
    public async Task Start_NamesWithoutAuthority_FailsWithASentence()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TlsHost.StartAsync(options => options.ClientNames.Add("kube-apiserver")));

        Assert.Equal("ClientNames is set and ClientCaPath is not, so no client would be asked for its name; set both or neither.", Assert.Single(exception.Failures));
    }

    private TestClient Trusted(string? dnsName = null, int daysLeft = 1, bool forServers = false, bool withIntermediate = false)
    {
        var client = TestClient.Create(
            _time.GetUtcNow(), dnsName: dnsName, daysLeft: daysLeft, forServers: forServers, withIntermediate: withIntermediate);
        File.WriteAllText(_authorityPath, client.AuthorityPem);
        return client;
    }

    private Task<TlsHost> StartAsync(Action<AdmissionTlsOptions>? tls = null, Action<WebApplicationBuilder>? builder = null) => TlsHost.StartAsync(
        options =>
        {
            options.ClientCaPath = _authorityPath;
            tls?.Invoke(options);
        },
        _time,
        application =>
        {
            application.Services.AddAdmissionWebhooks().AddValidating(
                WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow()));
            builder?.Invoke(application);
        },
        app =>
        {
            app.MapAdmissionWebhooks();
            app.MapAdmissionHealthChecks();
        });

    private static async Task AssertRefusedAsync(TlsHost host, TestClient? client, string line, string version = "1.1")
    {
        using var http = Client(host, client);
        using var request = Request(version);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(line, body, StringComparison.Ordinal);
        Assert.Equal(1, body.Count(character => character == '\n'));
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(TlsHost host, TestClient? client)
    {
        using var http = Client(host, client);
        return await PostAsync(http);
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(HttpClient http)
    {
        using var request = Request("1.1");
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static HttpRequestMessage Request(string version) => new(HttpMethod.Post, "/hook")
    {
        Content = WebhookHost.Json(TestReviews.CreatePod()),
        Version = new Version(version),
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static HttpClient Client(TlsHost host, TestClient? client)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509Certificate2.CreateFromPem(host.Serving.Pem) },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        if (client is not null)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(client.Certificate, client.Intermediates, offline: true);
        }

        return new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{host.Port}") };
    }
}
