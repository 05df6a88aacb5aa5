using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Hosting;

/// <summary>Refuses the start of an application that serves webhooks elsewhere than registered, before the server binds a port.</summary>
internal sealed class RouteCheck(MappedState mapped, IServiceProvider services) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);

        // Groups are put together when somebody asks for the endpoints.
        _ = services.GetService<EndpointDataSource>()?.Endpoints.Count;
        if (mapped.FindProblems() is { Count: > 0 } problems)
        {
            throw StartRefusal.Create(services, problems);
        }
    };
}
