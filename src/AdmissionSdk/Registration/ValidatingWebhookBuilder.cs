using System.Diagnostics.CodeAnalysis;
using AdmissionSdk.Dispatch;
using AdmissionSdk.WarmUp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdmissionSdk.Registration;

/// <summary>Builds a validating webhook: its path, its policies, and its handlers, which run in the order in which they are added.</summary>
public sealed class ValidatingWebhookBuilder : WebhookBuilder<ValidatingWebhookBuilder>
{
    private readonly IServiceCollection _services;

    internal ValidatingWebhookBuilder(string name, IServiceCollection services)
        : base(name, WebhookType.Validating) => _services = services;

    /// <summary>Lets a new policy run before it counts.</summary>
    /// <param name="mode">Default <see cref="EnforcementMode.Enforce"/>. The configuration key <c>AdmissionWebhooks:Webhooks:{name}:Mode</c> wins, also while the application runs.</param>
    /// <returns>This builder.</returns>
    public ValidatingWebhookBuilder Mode(EnforcementMode mode) => Set(Settings with { Mode = mode });

    /// <summary>
    /// Allows, without asking the handlers, updates of objects that are being deleted already and that change nothing but finalizers, status,
    /// managedFields and resourceVersion: a policy that came later must not keep old objects from going away.
    /// </summary>
    /// <returns>This builder.</returns>
    public ValidatingWebhookBuilder SkipWhenDeleting() => Set(Settings with { SkipWhenDeleting = true });

    /// <summary>
    /// Adds a policy that the API server judges by itself, and that holds while the webhook is down: <c>manifests</c> and <c>apply</c> make a
    /// ValidatingAdmissionPolicy and its binding with the webhook's rules, selectors, exemptions and match conditions (Kubernetes 1.30 and newer).
    /// Its effect follows <see cref="Mode"/>: deny, warn or audit.
    /// </summary>
    /// <param name="configure">The expressions. Called when the policy is needed, which is never the case while the application only serves.</param>
    /// <returns>This builder.</returns>
    public ValidatingWebhookBuilder GuardPolicy(Action<GuardPolicyBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return SetGuard(configure);
    }

    /// <summary>Adds a validator from dependency injection: scoped to the review unless it is registered otherwise.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <typeparam name="THandler">The validator.</typeparam>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE and UPDATE.</param>
    /// <returns>This builder.</returns>
    public ValidatingWebhookBuilder Handle<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        Action<HandlerRuleBuilder>? rule = null)
        where T : class
        where THandler : class, IValidator<T>
    {
        _services.TryAddScoped<THandler>();
        return Add<T>(static services => services.GetRequiredService<THandler>(), typeof(THandler).Name, rule);
    }

    /// <summary>Adds a validator written as a delegate.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="handler">The validator.</param>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE and UPDATE.</param>
    /// <returns>This builder.</returns>
    public ValidatingWebhookBuilder Handle<T>(
        Func<ValidationContext<T>, CancellationToken, ValueTask<AdmissionResult>> handler, Action<HandlerRuleBuilder>? rule = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        var validator = new DelegateValidator<T>(handler);
        return Add<T>(_ => validator, "delegate", rule);
    }

    /// <summary>Adds a validator written as a delegate without awaits.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="handler">The validator.</param>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE and UPDATE.</param>
    /// <returns>This builder.</returns>
    public ValidatingWebhookBuilder Handle<T>(Func<ValidationContext<T>, AdmissionResult> handler, Action<HandlerRuleBuilder>? rule = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Handle<T>((context, _) => handler(context), rule);
    }

    private ValidatingWebhookBuilder Add<T>(Func<IServiceProvider, IValidator<T>> resolve, string handlerName, Action<HandlerRuleBuilder>? rule)
        where T : class =>
        Add(new ValidatorInvoker<T>(resolve, handlerName) { WarmUp = new ValidatorInvoker<T>(static _ => WarmUpHandler<T>.Instance, handlerName) }, DefaultOperations.Validator<T>(), rule);
}
