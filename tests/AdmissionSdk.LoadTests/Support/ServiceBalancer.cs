using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>
/// A Service: each new connection goes to one of the ready endpoints. Readiness is probed every 200 ms, and a change takes effect 500 ms later, as with
/// the kubelet, the endpoints controller and kube-proxy.
/// </summary>
internal sealed class ServiceBalancer : IAsyncDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Propagation = TimeSpan.FromMilliseconds(500);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Uri, bool> _ready = new();
    private readonly HttpClient _probe = new(AcceptAnyCertificate()) { Timeout = TimeSpan.FromSeconds(1) };
    private readonly List<Task> _loops = [];

    public ServiceBalancer()
    {
        _listener.Start();
        _loops.Add(AcceptAsync());
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public int ReadyEndpoints => _ready.Count(pair => pair.Value);

    public void Add(Uri endpoint) => _loops.Add(ProbeAsync(endpoint));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_loops).ContinueWith(_ => { }, TaskScheduler.Default);
        _probe.Dispose();
        _stop.Dispose();
    }

    // As the kubelet's probes do.
#pragma warning disable CA5359
    private static SocketsHttpHandler AcceptAnyCertificate() => new() { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } };
#pragma warning restore CA5359

    private async Task ProbeAsync(Uri endpoint)
    {
        while (!_stop.IsCancellationRequested)
        {
            bool ready;
            try
            {
                using var response = await _probe.GetAsync(new Uri(endpoint, "/readyz"), _stop.Token);
                ready = response.IsSuccessStatusCode;
            }
            catch (Exception)
            {
                ready = false;
            }

            if (_ready.GetValueOrDefault(endpoint) != ready)
            {
                await Task.Delay(Propagation, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _ready[endpoint] = ready;
            }

            await Task.Delay(ProbeInterval, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = ForwardAsync(client);
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        {
            var ready = _ready.Where(pair => pair.Value).Select(pair => pair.Key).ToArray();
            if (ready.Length == 0)
            {
                return;
            }

            var endpoint = ready[Random.Shared.Next(ready.Length)];
            using var server = new TcpClient { NoDelay = true };
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(endpoint.Host, endpoint.Port, _stop.Token);
                // Each half is closed when its source is closed, so that the end of a response arrives whole.
                await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
            }
            catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
            {
                // The caller sees a closed connection, as from a Service.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _stop.Token);
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The end of a half ends the other half too.
        }
    }
}
