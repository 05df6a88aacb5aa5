using AdmissionSdk.Dispatch;
using AdmissionSdk.Observability;
using AdmissionSdk.Registration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>
/// Leads the application out: not ready at once; serving on for the drain delay; then closing idle connections and sending new reviews elsewhere until the
/// reviews being worked on are answered; and only then does the host stop its server.
/// </summary>
internal sealed class DrainService(
    DrainState state,
    WebhookRegistry registry,
    WebhookRuntimes webhooks,
    IServer server,
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime,
    IOptions<AdmissionWebhookOptions> options,
    IOptions<HostOptions> host,
    TimeProvider time,
    ILogger<DrainService> logger) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan DefaultShutdownTimeout = new HostOptions().ShutdownTimeout;

    private readonly TimeSpan _shutdownTimeout = host.Value.ShutdownTimeout;
    private CancellationTokenRegistration _stopping;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        ProvideForDraining();
        webhooks.Changed += ProvideForDraining;

        // SIGTERM arrives here first; StoppingAsync comes a moment later, and also when the application stops by itself.
        _stopping = lifetime.ApplicationStopping.Register(BeginDraining);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        BeginDraining();
        try
        {
            await Task.Delay(Delay, time, cancellationToken);
            if (state.TryAdvance(DrainPhase.Refusing))
            {
                logger.Refusing(state.Active);
                state.CloseConnections();
            }

            await state.Empty.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The host's patience is at an end, and the services that stop next must still run.
            if (state.Active is > 0 and var active)
            {
                logger.Unfinished(active);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        webhooks.Changed -= ProvideForDraining;
        _stopping.Dispose();
    }

    // Nobody routes to a server without an address, such as one in memory; a developer who presses Ctrl+C wants to go; and an application that is
    // stopped twice, by StopAsync and then by the RunAsync that StopAsync ends, has waited.
    private TimeSpan Delay =>
        environment.IsDevelopment() || state.Phase == DrainPhase.Refusing || server.Features.Get<IServerAddressesFeature>()?.Addresses is not { Count: > 0 }
            ? TimeSpan.Zero
            : options.Value.DrainDelay;

    /// <summary>Makes the host wait long enough: the host's default is raised, and a value that somebody chose is only logged.</summary>
    private void ProvideForDraining()
    {
        var longest = webhooks.LongestTimeout;
        var needed = registry.GracePeriodFor(longest);
        if (environment.IsDevelopment() || host.Value.ShutdownTimeout == Timeout.InfiniteTimeSpan || host.Value.ShutdownTimeout >= needed)
        {
            return;
        }

        if (_shutdownTimeout == DefaultShutdownTimeout)
        {
            // The host reads the value when it stops.
            host.Value.ShutdownTimeout = needed;
            logger.ShutdownTimeoutRaised(needed, options.Value.DrainDelay, longest);
        }
        else
        {
            logger.ShutdownTimeoutTooShort(host.Value.ShutdownTimeout, needed, options.Value.DrainDelay, longest);
        }
    }

    private void BeginDraining()
    {
        if (state.TryAdvance(DrainPhase.Draining))
        {
            logger.Draining(Delay);
        }
    }
}
