using System.Diagnostics.CodeAnalysis;
using AdmissionSdk.Model;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Registration;

/// <summary>Adds webhooks to the application. The webhook is the unit; handlers belong to one.</summary>
public sealed class AdmissionWebhooksBuilder
{
    internal AdmissionWebhooksBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a mutating webhook.</summary>
    /// <param name="name">Its name: a domain with at least three segments, such as <c>images.registry.example.com</c>, unique in the application.</param>
    /// <param name="configure">Its handlers and settings.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddMutatingWebhook(string name, Action<MutatingWebhookBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        var webhook = new MutatingWebhookBuilder(name, Services);
        configure(webhook);
        Services.AddSingleton(webhook.Register());
        return this;
    }

    /// <summary>Adds a validating webhook.</summary>
    /// <param name="name">Its name: a domain with at least three segments, such as <c>guard.registry.example.com</c>, unique in the application.</param>
    /// <param name="configure">Its handlers and settings.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddValidatingWebhook(string name, Action<ValidatingWebhookBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        var webhook = new ValidatingWebhookBuilder(name, Services);
        configure(webhook);
        Services.AddSingleton(webhook.Register());
        return this;
    }

    /// <summary>Runs a filter around every handler of every webhook, in the order in which filters are added.</summary>
    /// <typeparam name="TFilter">The filter. Taken from dependency injection if it is registered there, else made anew for each handler call.</typeparam>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IAdmissionFilter
    {
        Services.AddSingleton(FilterRegistration.For<TFilter>());
        return this;
    }

    /// <summary>Adds a mutating webhook with one handler: <c>.AddMutator&lt;V1Pod, Rewriter&gt;("images.example.com", webhook: images => images.FailurePolicy(FailurePolicy.Ignore))</c>.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <typeparam name="THandler">The mutator.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE.</param>
    /// <param name="webhook">The webhook's settings, such as its failurePolicy, timeout, selectors or mode. Default: those of every webhook.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddMutator<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        string name, Action<HandlerRuleBuilder>? rule = null, Action<MutatingWebhookBuilder>? webhook = null)
        where T : class
        where THandler : class, IMutator<T> =>
        AddMutatingWebhook(name, With(webhook, builder => builder.Handle<T, THandler>(rule)));

    /// <summary>Adds a mutating webhook with one handler written as a delegate.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="handler">The mutator.</param>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE.</param>
    /// <param name="webhook">The webhook's settings, such as its failurePolicy, timeout, selectors or mode. Default: those of every webhook.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddMutator<T>(
        string name, Func<MutationContext<T>, CancellationToken, ValueTask<AdmissionResult>> handler, Action<HandlerRuleBuilder>? rule = null, Action<MutatingWebhookBuilder>? webhook = null)
        where T : class =>
        AddMutatingWebhook(name, With(webhook, builder => builder.Handle(handler, rule)));

    /// <summary>Adds a mutating webhook with one handler written as a delegate without awaits.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="handler">The mutator.</param>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE.</param>
    /// <param name="webhook">The webhook's settings, such as its failurePolicy, timeout, selectors or mode. Default: those of every webhook.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddMutator<T>(
        string name, Func<MutationContext<T>, AdmissionResult> handler, Action<HandlerRuleBuilder>? rule = null, Action<MutatingWebhookBuilder>? webhook = null)
        where T : class =>
        AddMutatingWebhook(name, With(webhook, builder => builder.Handle(handler, rule)));

    /// <summary>Adds a validating webhook with one handler: <c>.AddValidator&lt;V1Pod, Guard&gt;("guard.example.com", webhook: guard => guard.Mode(EnforcementMode.Warn))</c>.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <typeparam name="THandler">The validator.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE and UPDATE.</param>
    /// <param name="webhook">The webhook's settings, such as its failurePolicy, timeout, selectors or mode. Default: those of every webhook.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddValidator<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        string name, Action<HandlerRuleBuilder>? rule = null, Action<ValidatingWebhookBuilder>? webhook = null)
        where T : class
        where THandler : class, IValidator<T> =>
        AddValidatingWebhook(name, With(webhook, builder => builder.Handle<T, THandler>(rule)));

    /// <summary>Adds a validating webhook with one handler written as a delegate.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="handler">The validator.</param>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE and UPDATE.</param>
    /// <param name="webhook">The webhook's settings, such as its failurePolicy, timeout, selectors or mode. Default: those of every webhook.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddValidator<T>(
        string name, Func<ValidationContext<T>, CancellationToken, ValueTask<AdmissionResult>> handler, Action<HandlerRuleBuilder>? rule = null, Action<ValidatingWebhookBuilder>? webhook = null)
        where T : class =>
        AddValidatingWebhook(name, With(webhook, builder => builder.Handle(handler, rule)));

    /// <summary>Adds a validating webhook with one handler written as a delegate without awaits.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="handler">The validator.</param>
    /// <param name="rule">The handler's operations and resources. Default: the type's own resource, CREATE and UPDATE.</param>
    /// <param name="webhook">The webhook's settings, such as its failurePolicy, timeout, selectors or mode. Default: those of every webhook.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddValidator<T>(
        string name, Func<ValidationContext<T>, AdmissionResult> handler, Action<HandlerRuleBuilder>? rule = null, Action<ValidatingWebhookBuilder>? webhook = null)
        where T : class =>
        AddValidatingWebhook(name, With(webhook, builder => builder.Handle(handler, rule)));

    private static Action<TBuilder> With<TBuilder>(Action<TBuilder>? settings, Action<TBuilder> handle) => builder =>
    {
        settings?.Invoke(builder);
        handle(builder);
    };
}
