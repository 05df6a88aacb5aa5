using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Testing.Hosting;

/// <summary>Puts the in-memory server in the place of a program's own.</summary>
internal static class InMemoryServer
{
    public static void Replace(IServiceCollection services)
    {
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.AddSingleton<IServer>(provider =>
        {
            // Programs read and write app.Urls, which need this feature.
            var features = new FeatureCollection();
            features.Set<IServerAddressesFeature>(new ServerAddressesFeature());
            return new TestServer(provider, features, provider.GetRequiredService<IOptions<TestServerOptions>>());
        });
    }
}
