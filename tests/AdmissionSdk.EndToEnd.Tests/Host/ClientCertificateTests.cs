using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using AdmissionSdk.Certificates;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Registration;
using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shared;

namespace AdmissionSdk.EndToEnd.Tests.Host;

/// <summary>A webhook that serves only the API server, set up with the two files in docs/operations.md.</summary>
/// <remarks>Covers docs/operations.md, <see cref="AdmissionTlsOptions"/>, <see cref="ServingCertificate"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed partial class ClientCertificateTests(ApiServerSession session) : IDisposable
{
    private const string Name = "pods.callers.example.com";
    private readonly string _directory = Directory.CreateTempSubdirectory("admission-callers-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [ApiServerFact]
    public async Task Create_ApiServerShowsTheCertificateOfThePage_IsServed()
    {
        WriteCertificates();
        await using var app = await StartAsync();
        await using var server = await KubeApiServerFixture.StartAsync(ApiServerThatShows(app));
        await server.CreateNamespaceAsync("callers-in");
        await using var applied = await ApplyAsync(server, app, "callers-in");

        var status = await ApiErrors.RefusedAsync(() => server.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web"), "callers-in"));

        Assert.Equal($"admission webhook \"{Name}\" denied the request: the API server was let in", status.Message);
    }

    [ApiServerFact]
    public async Task Create_ApiServerShowsNothing_IsRefusedWithTheReason()
    {
        WriteCertificates();
        var @namespace = await session.Server.CreateNamespaceAsync();
        await using var app = await StartAsync();
        await using var applied = await ApplyAsync(session.Server, app, @namespace);

        var status = await ApiErrors.RefusedAsync(() => session.Server.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web"), @namespace));

        Assert.Contains($"failed calling webhook \"{Name}\": ", status.Message, StringComparison.Ordinal);
        Assert.EndsWith("this webhook requires a client certificate, and the caller showed none", status.Message.TrimEnd('\n'), StringComparison.Ordinal);
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAdmissionTls(tls =>
        {
            tls.Port = 0;
            tls.ClientCaPath = Path.Combine(_directory, "client-ca.crt");
            tls.ClientNames.Add("kube-apiserver-webhooks");
        });
        Register(builder.Services.AddAdmissionWebhooks());
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        await app.StartAsync();
        return app;
    }

    private static void Register(AdmissionWebhooksBuilder webhooks) =>
        webhooks.AddValidatingWebhook(Name, webhook => webhook.Handle<V1Pod>(_ => AdmissionResult.Deny("the API server was let in")));

    private static Task<AppliedWebhooks> ApplyAsync(KubeApiServerFixture server, WebApplication app, string @namespace) => AppliedWebhooks.ApplyAsync(
        server, Register, [Name], @namespace, new Uri($"https://127.0.0.1:{Port(app)}"), Encoding.ASCII.GetBytes(app.Services.GetRequiredService<ServingCertificate>().Pem!));

    private static int Port(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("[::]", "localhost", StringComparison.Ordinal)).Port;

    private void WriteCertificates()
    {
        using var authority = TestAuthority.Create(TimeProvider.System.GetUtcNow().AddDays(1));
        using var client = TestAuthority.Sign(authority, "kube-apiserver-webhooks");
        File.WriteAllText(Path.Combine(_directory, "client-ca.crt"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_directory, "client.crt"), client.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_directory, "client.key"), client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The files of the page, with the directory and the webhook of this test.</summary>
    private KubeApiServerOptions ApiServerThatShows(WebApplication app)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var files = ConfigurationFile().Matches(page);
        Assert.Equal(2, files.Count);
        foreach (Match file in files)
        {
            var text = file.Groups["text"].Value
                .Replace("/etc/kubernetes/admission", _directory, StringComparison.Ordinal)
                .Replace("pod-guard.pod-guard.svc", $"127.0.0.1:{Port(app)}", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(_directory, file.Groups["name"].Value), text, new UTF8Encoding(false));
        }

        var options = new KubeApiServerOptions { UseExistingCluster = false, Timeout = TimeSpan.FromMinutes(3) };
        options.ApiServerArguments.Add($"--admission-control-config-file={Path.Combine(_directory, "config.yaml")}");
        return options;
    }

    [GeneratedRegex("^```yaml\n# /etc/kubernetes/admission/(?<name>[a-z.]+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ConfigurationFile();
}
