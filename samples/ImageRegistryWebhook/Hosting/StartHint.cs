using AdmissionSdk.Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ImageRegistryWebhook.Hosting;

/// <summary>Logs a curl command to try after a start by hand.</summary>
internal sealed partial class StartHint(
    IHostApplicationLifetime lifetime,
    IServer server,
    IHostEnvironment environment,
    IOptions<AdmissionTlsOptions> tls,
    ILogger<StartHint> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(LogHint);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void LogHint()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith("https://", StringComparison.Ordinal));
        if (address is null)
        {
            return;
        }

        var port = new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)).Port;
        if (tls.Value.CertificatePath is null)
        {
            var review = Path.Combine(environment.ContentRootPath, "review.json");
            LogTryThis(port, review);
        }
        else
        {
            LogServing(port);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Serving /mutate and /validate on port {Port}.")]
    private partial void LogServing(int port);

    [LoggerMessage(
        2,
        LogLevel.Information,
        """
        Serving /mutate and /validate on port {Port} with a development certificate. To try the webhook, post a recorded review of a pod:

          curl --insecure -H 'Content-Type: application/json' --data @{Review} https://localhost:{Port}/mutate

        The patch in the response is base64; to read it, add:  | grep -o '"patch":"[^"]*' | cut -d'"' -f4 | base64 -d
        """)]
    private partial void LogTryThis(int port, string review);
}
