using System.Text.Json;
using AdmissionSdk.Registration;
using AdmissionSdk.Reviews;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Dispatch;

/// <summary>What all chains share.</summary>
internal sealed class HandlerChainFactory(IServiceScopeFactory scopes, JsonSerializerOptions json, bool isDevelopment)
{
    public HandlerChain Create(
        WebhookDescriptor webhook, AdmissionRequest request, IReadOnlyList<HandlerDescriptor> handlers, IReadOnlyList<IDisposable> owned) =>
        new(webhook, request, handlers, owned, scopes, json, isDevelopment);
}
