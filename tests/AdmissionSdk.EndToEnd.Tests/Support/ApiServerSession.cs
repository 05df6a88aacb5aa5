using AdmissionSdk.Testing.ApiServer;

namespace AdmissionSdk.EndToEnd.Tests;

/// <summary>One API server for every test class in the collection "ApiServer".</summary>
public sealed class ApiServerSession : IAsyncLifetime
{
    private KubeApiServerFixture? _server;

    public KubeApiServerFixture Server => _server ?? throw new InvalidOperationException("The test needs [ApiServerFact], which says why there is no API server.");

    /// <summary>What the API server writes of requests; null in an existing cluster.</summary>
    public AuditLog? AuditLog { get; private set; }

    // xunit makes collection fixtures also when every test of the collection is skipped.
    public async Task InitializeAsync()
    {
        if (KubeApiServerFixture.ReasonNotToRun() is not null)
        {
            return;
        }

        var options = new KubeApiServerOptions { Timeout = TimeSpan.FromMinutes(3) };
        if (!options.UseExistingCluster)
        {
            AuditLog = new AuditLog();
            AuditLog.Configure(options);
        }

        _server = await KubeApiServerFixture.StartAsync(options);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        AuditLog?.Dispose();
    }
}
