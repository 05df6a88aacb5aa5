using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Testing.Hosting;

/// <summary>A client for a host whose server is the in-memory one.</summary>
internal static class TestServerClient
{
    public static HttpClient Of(IHost host) =>
        host.Services.GetRequiredService<IServer>() is TestServer server
            ? server.CreateClient()
            : throw new InvalidOperationException("The host replaced the in-memory server: configure its server on IWebHostBuilder, not in a hosted service.");
}
