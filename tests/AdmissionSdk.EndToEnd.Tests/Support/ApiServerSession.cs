using AdmissionSdk.Testing.ApiServer;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>One API server for every test class in the collection "ApiServer".</summary>
public sealed class ApiServerSession : IAsyncLifetime
{
    private KubeApiServerFixture? _server;

    public KubeApiServerFixture Server => _server ?? throw new InvalidOperationException("This machine has no API server: mark the test with [ApiServerFact], which reports it as not run.");

    /// <summary>The API server's audit log; null in an existing cluster.</summary>
    public AuditLog? AuditLog { get; private set; }

    // xunit makes collection fixtures even when every test of the collection is skipped.
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
