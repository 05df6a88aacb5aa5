using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Hosting;

/// <summary>An application with only the test's registrations: no configuration files, no log output, no ports.</summary>
internal static class PlainHost
{
    public static WebApplication Build(Action<IServiceCollection> services, Action<WebApplication> app, string environment)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Services.AddRouting();
        services(builder.Services);
        var application = builder.Build();
        app(application);
        return application;
    }

    /// <summary>Disposing alone would not stop hosted services.</summary>
    public static async ValueTask StopAsync(WebApplication application)
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }
}
