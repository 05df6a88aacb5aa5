using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Testing.Hosting;

/// <summary>Leaves the test process's signals and console alone.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
