using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.LoadTests.Support;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Models;
using Xunit.Abstractions;

namespace AdmissionSdk.LoadTests;

/// <summary>
/// Leaf and CA are rotated, with lifetimes of seconds, under reviews on new and on kept connections, while replicas come and go: no handshake and no
/// request fails. Five replicas that start at once share one CA.
/// </summary>
/// <remarks>Covers <see cref="CertificateManager"/>, <see cref="ManagedReplica"/>, <see cref="RotationPlan"/>, docs/certificates.md.</remarks>
public sealed class RotationTests(ITestOutputHelper output)
{
    private const int Replicas = 5;
    private const string App = "rotation";
    private static readonly int Rotations = AttackSize.Of(1, 10);

    private readonly ConcurrentQueue<string> _failures = new();
    private int _requests;
    private int _handshakes;

    [ApiServerFact]
    public async Task Rotations_UnderLoad_NoHandshakeAndNoRequestFails()
    {
        await using var server = await KubeApiServerFixture.StartAsync(new KubeApiServerOptions { Timeout = TimeSpan.FromMinutes(3) });
        var (own, guarded) = (await server.CreateNamespaceAsync(), await server.CreateNamespaceAsync());
        await server.Client.CoreV1.CreateNamespacedSecretAsync(new V1Secret { Metadata = new V1ObjectMeta { Name = $"{App}-certificates" } }, own);
        await using var service = new ServiceBalancer();
        var url = $"https://127.0.0.1:{service.Address.Port}";
        var environment = RotatingReplica.Environment(server.KubeConfigPath!, App, own, url);
        var replicas = await Task.WhenAll(Enumerable.Range(0, Replicas).Select(_ => Replica.StartAsync(environment)));
        Array.ForEach(replicas, replica => service.Add(replica.Address));
        await WaitAsync(() => Task.FromResult(service.ReadyEndpoints == Replicas), "every replica is ready");
        (await AppCommand.RunAsync($"apply --app {App} --namespace {own} --url {url}", RotatingReplica.Webhooks(guarded), server)).Succeeded();
        await server.WaitForWebhooksAsync();
        Assert.Single(CaBundleText.Read((await ReadAsync(server, own)).Webhooks.Single().ClientConfig.CaBundle));

        using var stop = new CancellationTokenSource();
        Task[] load =
        [
            .. Enumerable.Range(0, 3).Select(_ => LoadAsync(() => CallThroughTheApiServerAsync(server, guarded), stop.Token)),
            .. Enumerable.Range(0, 2).Select(_ => LoadAsync(() => CallOnANewConnectionAsync(server, own, url), stop.Token)),
        ];
        var (cas, leaves) = await WatchRotationsAsync(server, own, async () =>
        {
            // In the middle of a rotation, a replica goes and another comes.
            await using var last = replicas[0];
            replicas[0] = await Replica.StartAsync(environment);
            service.Add(replicas[0].Address);
            Assert.Equal(0, await last.TerminateAsync());
        });
        await stop.CancelAsync();
        await Task.WhenAll(load);
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        output.WriteLine($"ci: {cas} rotations of the CA and {leaves} of the certificate: {_requests} requests through the API server and {_handshakes} new connections, {_failures.Count} failed");
        Assert.Empty(_failures);
        Assert.True(_requests > 50 && _handshakes > 50, $"only {_requests} requests and {_handshakes} handshakes");
        Assert.True(cas >= Rotations && leaves >= Rotations);
    }

    private static async Task<(int Cas, int Leaves)> WatchRotationsAsync(KubeApiServerFixture server, string own, Func<Task> replaceOne)
    {
        HashSet<string> cas = [], leaves = [];
        Task? replaced = null;
        await WaitAsync(
            async () =>
            {
                var data = (await server.Client.CoreV1.ReadNamespacedSecretAsync($"{App}-certificates", own)).Data;
                cas.Add(Encoding.ASCII.GetString(data["ca.crt"]));
                leaves.Add(Encoding.ASCII.GetString(data["tls.crt"]));
                if (data.ContainsKey("next-ca.crt"))
                {
                    replaced ??= replaceOne();
                }

                return cas.Count > Rotations && leaves.Count > Rotations && replaced is { IsCompleted: true };
            },
            "the rotations");
        await replaced!;
        return (cas.Count - 1, leaves.Count - 1);
    }

    private async Task LoadAsync(Func<Task> call, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await call();
            }
            catch (Exception exception)
            {
                _failures.Enqueue(exception is k8s.Autorest.HttpOperationException http ? http.Response.Content : exception.ToString());
            }

            await Task.Delay(TimeSpan.FromMilliseconds(AttackSize.Of(50, 20)), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task CallThroughTheApiServerAsync(KubeApiServerFixture server, string guarded)
    {
        var map = new V1ConfigMap { Metadata = new V1ObjectMeta { GenerateName = "good-" } };
        var stored = await server.Client.CoreV1.CreateNamespacedConfigMapAsync(map, guarded, dryRun: "All");
        Assert.Equal("yes", stored.Metadata.Labels["seen"]);
        Interlocked.Increment(ref _requests);
    }

    // Trusts what the configuration says now, and nothing else, as an API server that has just learned of the configuration.
    private async Task CallOnANewConnectionAsync(KubeApiServerFixture server, string own, string url)
    {
        var bundle = (await ReadAsync(server, own)).Webhooks.Single().ClientConfig.CaBundle;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(CaBundleText.Read(bundle));
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } });
        using var content = new ByteArrayContent(RecordedReviews.PodNamed("web", "1")) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await client.PostAsync(new Uri($"{url}/guard"), content);

        // The webhook is about config maps, and says so of a pod: the connection is what counts.
        Assert.InRange((int)response.StatusCode, 200, 500);
        Interlocked.Increment(ref _handshakes);
    }

    private static Task<V1MutatingWebhookConfiguration> ReadAsync(KubeApiServerFixture server, string own) =>
        server.Client.AdmissionregistrationV1.ReadMutatingWebhookConfigurationAsync($"{App}.{own}");

    private static async Task WaitAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, what);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }
}
