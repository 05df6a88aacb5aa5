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
    /// Maps <c>/livez</c>, with status 200 as long as the process serves at all, and <c>/readyz</c>, with status 200 when reviews may be sent: the
    /// application has started, has a usable certificate, and is not draining. Otherwise <c>/readyz</c> has status 503 and the reason as text.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="port">
    /// The only port of the application to respond on, such as one with plain HTTP from <c>ASPNETCORE_HTTP_PORTS</c>. Default null: every port.
    /// </param>
    /// <returns>A builder for conventions on both endpoints.</returns>
    /// <remarks>
    /// Load and hanging handlers are <c>Degraded</c> with status 200: a failing probe would take all replicas away at once.
    /// Health checks of your own with the tag <c>admission-ready</c> run too; leave the tag off a check of something that all replicas share.
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
            Predicate = static check => check.Tags.Contains(HealthServices.ReadyTag),
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

    // The Host header is chosen by callers, and names another port behind a Service or a port-forward. A server in memory has port 0.
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
