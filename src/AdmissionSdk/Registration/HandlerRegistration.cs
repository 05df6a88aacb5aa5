using System.Reflection;
using AdmissionSdk.Model;

namespace AdmissionSdk.Registration;

/// <summary>A handler, the builder that says what it is for, and its class, whose attributes say it too; null for a delegate.</summary>
internal sealed record HandlerRegistration(HandlerInvoker Invoker, HandlerBuilder Builder, Type? HandlerType)
{
    public HandlerDescriptor Build()
    {
        var rule = HandlerType?.GetCustomAttribute<AdmissionRuleAttribute>() ?? new AdmissionRuleAttribute();
        var resources = HandlerType?.GetCustomAttributes<AdmissionResourceAttribute>() ?? [];
        return Builder.Build(Invoker, rule, [.. resources]);
    }
}
