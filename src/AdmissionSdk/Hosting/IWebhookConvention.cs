using AdmissionSdk.Registration;
using Microsoft.AspNetCore.Builder;

namespace AdmissionSdk.Hosting;

/// <summary>Adds something to the endpoints of all webhooks from outside, as recording does.</summary>
internal interface IWebhookConvention
{
    void Apply(IEndpointConventionBuilder endpoint, WebhookDescriptor webhook);
}
