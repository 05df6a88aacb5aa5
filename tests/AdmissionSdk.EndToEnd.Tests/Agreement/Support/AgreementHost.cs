using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>Serves the webhooks of the scenario at hand over HTTPS, so that a real API server can call them.</summary>
internal sealed class AgreementHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile ScenarioApp? _current;

    private AgreementHost(WebApplication app, byte[] caBundle)
    {
        _app = app;
        CaBundle = caBundle;
    }

    public byte[] CaBundle { get; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<AgreementHost> StartAsync()
    {
        using var certificate = CreateCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        var served = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(served)));
        var host = new AgreementHost(builder.Build(), Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        host._app.Run(host.ServeAsync);
        await host._app.StartAsync();
        return host;
    }

    public void Serve(ScenarioApp? app) => _current = app;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (_current is not { } app || app.Find(context.Request.Path) is not { } webhook)
        {
            // The fixture probes between scenarios, and a webhook for everything sees the probes.
            await context.Response.WriteAsync(Reply.Allow(new ScenarioCall(JsonNode.Parse(body)!.AsObject(), 1)).Body, context.RequestAborted);
            return;
        }

        var headers = WebhookRequest.HeaderNames.ToDictionary(name => name, name => context.Request.Headers[name].ToString());
        var reply = app.Respond(webhook, new WebhookRequest(context.Request.Path + context.Request.QueryString, headers, body));
        if (webhook.Latency > TimeSpan.Zero)
        {
            // A real API server measures real time; only the few scenarios about deadlines wait.
            await Task.Delay(webhook.Latency, TimeProvider.System, context.RequestAborted);
        }

        context.Response.StatusCode = reply.Code;
        context.Response.ContentType = reply.ContentType;
        if (reply.RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = reply.RetryAfter;
        }

        if (reply.Body.Length > 0)
        {
            await context.Response.Body.WriteAsync(reply.Bytes, context.RequestAborted);
        }
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=agreement", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }
}
