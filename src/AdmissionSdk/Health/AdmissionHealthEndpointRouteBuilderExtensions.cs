using AdmissionSdk.Health;
using AdmissionSdk.Hosting;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable IDE0130 // Here so that MapAdmissionHealthChecks needs no using.
namespace Microsoft.AspNetCore.Builder;
#pragma warning restore IDE0130

/// <summary>Serves the probes of the kubelet.</summary>
public static class AdmissionHealthEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>/livez</c>, which answers 200 as long as the process serves at all, and <c>/readyz</c>, which answers 200 when reviews may be sent:
    /// the application has started, has a usable certificate, and is not on its way out. Otherwise 503, and the text says why.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="port">
    /// Answer on connections to this port of the application only, such as one with plain HTTP from <c>ASPNETCORE_HTTP_PORTS</c>. Default null: on every port.
    /// </param>
    /// <returns>A builder for conventions on both.</returns>
    /// <remarks>
    /// Load and hanging handlers are reported as <c>Degraded</c> with status 200: a probe that failed for them would take all replicas away at once.
    /// Health checks of your own with the tag <c>admission-ready</c> are asked too; give it to none that looks at something all replicas share.
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddAdmissionWebhooks()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapAdmissionHealthChecks(this IEndpointRouteBuilder endpoints, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<DrainState>() is null)
        {
            throw new InvalidOperationException(
                "The services of admission webhooks are missing: call builder.Services.AddAdmissionWebhooks() before builder.Build().");
        }

        var group = endpoints.MapGroup("");
        group.MapHealthChecks("/livez", new HealthCheckOptions { Predicate = static _ => false, ResponseWriter = HealthText.WriteAsync });
        group.MapHealthChecks("/readyz", new HealthCheckOptions
        {
            Predicate = static check => check.Tags.Contains(HealthTags.Ready),
            ResponseWriter = HealthText.WriteAsync,
        });
        if (port is { } only)
        {
            ((IEndpointConventionBuilder)group).Add(endpoint =>
            {
                endpoint.RequestDelegate = OnPort(only, endpoint.RequestDelegate!);
                endpoint.Metadata.Add(new HealthPort(only));
            });
        }

        new AnonymousUnlessAuthorized(group).ShortCircuit().AllowAnonymous();
        return group;
    }

    // Not by the Host header: callers choose it, and behind a Service or a port-forward it names another port. In memory there is no port at all.
    private static RequestDelegate OnPort(int port, RequestDelegate next) => http =>
    {
        if (http.Connection.LocalPort is var local && (local == port || local == 0))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };
}
