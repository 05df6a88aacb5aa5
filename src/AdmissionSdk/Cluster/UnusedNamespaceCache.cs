using AdmissionSdk.Health;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Cluster;

/// <summary>Stands for the cache of namespaces where an <see cref="INamespaceLookup"/> of the application's own takes its place.</summary>
internal sealed class UnusedNamespaceCache : IHostedService, IStartupGate
{
    public static UnusedNamespaceCache Instance { get; } = new();

    public bool IsOpen => true;

    public string WaitingFor => "";

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
