using System.Diagnostics.CodeAnalysis;
using AdmissionSdk.Dispatch;
using AdmissionSdk.WarmUp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdmissionSdk.Registration;

/// <summary>Builds a mutating webhook: its path, its policies, and its handlers, which run in the order in which they are added.</summary>
public sealed class MutatingWebhookBuilder : WebhookBuilder<MutatingWebhookBuilder>
{
    private readonly IServiceCollection _services;

    internal MutatingWebhookBuilder(string name, IServiceCollection services)
        : base(name, WebhookType.Mutating) => _services = services;

    /// <summary>Adds a mutator from dependency injection: scoped to the review unless it is registered otherwise.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <typeparam name="THandler">The mutator.</typeparam>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE.</param>
    /// <returns>This builder.</returns>
    public MutatingWebhookBuilder Handle<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        Action<HandlerRuleBuilder>? rule = null)
        where T : class
        where THandler : class, IMutator<T>
    {
        _services.TryAddScoped<THandler>();
        return Add<T>(static services => services.GetRequiredService<THandler>(), typeof(THandler).Name, rule);
    }

    /// <summary>Adds a mutator written as a delegate.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="handler">The mutator.</param>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE.</param>
    /// <returns>This builder.</returns>
    public MutatingWebhookBuilder Handle<T>(
        Func<MutationContext<T>, CancellationToken, ValueTask<AdmissionResult>> handler, Action<HandlerRuleBuilder>? rule = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        var mutator = new DelegateMutator<T>(handler);
        return Add<T>(_ => mutator, "delegate", rule);
    }

    /// <summary>Adds a mutator written as a delegate without awaits.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="handler">The mutator.</param>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE.</param>
    /// <returns>This builder.</returns>
    public MutatingWebhookBuilder Handle<T>(Func<MutationContext<T>, AdmissionResult> handler, Action<HandlerRuleBuilder>? rule = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Handle<T>((context, _) => handler(context), rule);
    }

    /// <summary>Sets whether the webhook is called again when another webhook changed the object later.</summary>
    /// <param name="policy">Default <see cref="AdmissionSdk.ReinvocationPolicy.Never"/>, as in Kubernetes.</param>
    /// <returns>This builder.</returns>
    public MutatingWebhookBuilder ReinvocationPolicy(ReinvocationPolicy policy) => Set(Settings with { ReinvocationPolicy = policy });

    private MutatingWebhookBuilder Add<T>(Func<IServiceProvider, IMutator<T>> resolve, string handlerName, Action<HandlerRuleBuilder>? rule)
        where T : class =>
        Add(new MutatorInvoker<T>(resolve, handlerName) { WarmUp = new MutatorInvoker<T>(static _ => WarmUpHandler<T>.Instance, handlerName) }, DefaultOperations.Mutator<T>(), rule);
}
