using System.Diagnostics.CodeAnalysis;
using AdmissionSdk.Connections;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Hosting;
using AdmissionSdk.Registration;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Here so that MapAdmissionWebhooks needs no using.
namespace Microsoft.AspNetCore.Builder;
#pragma warning restore IDE0130

/// <summary>Serves admission webhooks.</summary>
public static class AdmissionEndpointRouteBuilderExtensions
{
    /// <summary>Maps every webhook that was registered to its path.</summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>
    /// A builder for conventions on all webhooks. Unless one of them requires authorization, the endpoints allow anonymous callers (by default the
    /// API server shows no identity, https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#authenticate-apiservers)
    /// and run as soon as routing has found them, so that no middleware in between redirects or rewrites a response.
    /// </returns>
    /// <exception cref="InvalidOperationException"><c>AddAdmissionWebhooks()</c> was not called, or the webhooks are mapped already. Webhooks that cannot work as registered stop the start of the application, and every command.</exception>
    public static IEndpointConventionBuilder MapAdmissionWebhooks(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup("");
        var services = endpoints.ServiceProvider;
        if (!TryGetWebhooks(services, out var webhooks))
        {
            return group;
        }

        var mapped = services.GetRequiredService<MappedState>();
        mapped.Enter();
        var (endpoint, drain) = (services.GetRequiredService<AdmissionEndpoint>(), services.GetRequiredService<DrainGate>());
        var conventions = services.GetServices<IWebhookConvention>().ToArray();
        foreach (var webhook in webhooks.All)
        {
            RequestDelegate serve = http => drain.RunAsync(http, webhook.Name, () => endpoint.HandleAsync(http, webhook));
            var route = group.Map(webhook.Descriptor.Path, serve).WithDisplayName($"Admission webhook {webhook.Name}").ExcludeFromDescription();
            route.Finally(built => mapped.Serve(webhook.Name, webhook.Descriptor.Path, ((RouteEndpointBuilder)built).RoutePattern.RawText ?? ""));
            Array.ForEach(conventions, convention => convention.Apply(route, webhook.Descriptor));
        }

        new AnonymousUnlessAuthorized(group).ShortCircuit().AllowAnonymous();
        return group;
    }

    /// <summary>False when the webhooks or their options cannot work: the start then fails, where a command line has one line instead of a stack trace.</summary>
    private static bool TryGetWebhooks(IServiceProvider services, [NotNullWhen(true)] out WebhookRuntimes? webhooks)
    {
        try
        {
            webhooks = services.GetService<WebhookRuntimes>()
                ?? throw new InvalidOperationException(
                    "The services of admission webhooks are missing: call builder.Services.AddAdmissionWebhooks() before builder.Build().");
            _ = services.GetRequiredService<IOptions<AdmissionConnectionOptions>>().Value;
            return true;
        }
        catch (Exception exception) when (exception is WebhookRegistrationException or OptionsValidationException)
        {
            webhooks = null;
            return false;
        }
    }
}
