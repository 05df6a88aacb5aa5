using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace AdmissionSdk.Hosting;

/// <summary>Applies conventions last, and only to endpoints that require no authorization.</summary>
internal sealed class AnonymousUnlessAuthorized(IEndpointConventionBuilder inner) : IEndpointConventionBuilder
{
    public void Add(Action<EndpointBuilder> convention) =>
        inner.Finally(endpoint =>
        {
            if (!endpoint.Metadata.OfType<IAuthorizeData>().Any() && !endpoint.Metadata.OfType<AuthorizationPolicy>().Any())
            {
                convention(endpoint);
            }
        });
}
