using System.Text.Json;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using AdmissionSdk.Reviews;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Dispatch;

/// <summary>What all chains share.</summary>
internal sealed class HandlerChainFactory(
    IServiceScopeFactory scopes, JsonSerializerOptions json, IEnumerable<FilterRegistration> filters, ILogger logger, bool isDevelopment)
{
    private readonly FilterRegistration[] _filters = [.. filters];

    public HandlerChain Create(
        WebhookDescriptor webhook,
        EffectiveSettings settings,
        AdmissionRequest request,
        IReadOnlyList<HandlerDescriptor> handlers,
        IReadOnlyList<IDisposable> owned) =>
        new(webhook, settings, request, handlers, new FilterPipeline([.. _filters, .. webhook.Filters]), owned, scopes, json, logger, isDevelopment);
}
