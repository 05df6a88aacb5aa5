using AdmissionSdk.Dispatch;

namespace AdmissionSdk.Registration;

/// <summary>A handler and the builder that says what it is for.</summary>
internal sealed record HandlerRegistration(HandlerInvoker Invoker, HandlerBuilder Builder)
{
    public HandlerDescriptor Build() => new(Invoker, Builder.Operations, Builder.BuildTargets(Invoker.ObjectType));
}
