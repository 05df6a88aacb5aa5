using AdmissionSdk.Testing.ApiServer;

namespace AdmissionSdk.EndToEnd.Tests;

/// <summary>One API server for every test class in the collection "ApiServer".</summary>
public sealed class ApiServerSession : IAsyncLifetime
{
    private KubeApiServerFixture? _server;

    public KubeApiServerFixture Server => _server ?? throw new InvalidOperationException("The test needs [ApiServerFact], which says why there is no API server.");

    // xunit makes collection fixtures also when every test of the collection is skipped.
    public async Task InitializeAsync() =>
        _server = KubeApiServerFixture.ReasonNotToRun() is null ? await KubeApiServerFixture.StartAsync(new KubeApiServerOptions { Timeout = TimeSpan.FromMinutes(3) }) : null;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
