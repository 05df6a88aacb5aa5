using System.Diagnostics;
using System.Net.Security;
using System.Text;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>The kubelet: asks over a new connection each time, and has two seconds of patience.</summary>
internal sealed class Probe(int port)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    public int Asked { get; private set; }

    public int Failed { get; private set; }

    /// <summary>The most failures in a row: the kubelet restarts a pod after three.</summary>
    public int FailedInARow { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        var row = 0;
        while (!stop.IsCancellationRequested)
        {
            using var patience = new CancellationTokenSource(Patience);
            var started = Stopwatch.GetTimestamp();
            var status = await AskAsync(port, "/livez", patience.Token);
            Asked++;
            row = status == 200 ? 0 : row + 1;
            Failed += status == 200 ? 0 : 1;
            FailedInARow = Math.Max(FailedInARow, row);
            var rest = Period - Stopwatch.GetElapsedTime(started);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    /// <summary>Asks once; 0 without a response.</summary>
    public static async Task<int> AskAsync(int port, string path, CancellationToken cancellationToken)
    {
        try
        {
            var (_, stream) = await TlsClient.OpenAsync(TlsClient.ApiServer, port, SslApplicationProtocol.Http11, cancellationToken);
            await using var owned = stream;
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), cancellationToken);
            return (await RawHttpResponse.ReadAsync(stream, cancellationToken)).Status;
        }
        catch (Exception exception) when (Broken.Is(exception))
        {
            return 0;
        }
    }
}
