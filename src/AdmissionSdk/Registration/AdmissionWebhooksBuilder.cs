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
    public AdmissionWebhooksBuilder AddMutating(string name, Action<MutatingWebhookBuilder> configure)
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
    public AdmissionWebhooksBuilder AddValidating(string name, Action<ValidatingWebhookBuilder> configure)
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

    /// <summary>Adds a mutating webhook with one handler.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <typeparam name="THandler">The mutator.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="configure">The handler's operations and resources. Default: the type's own resource, CREATE.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddMutator<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        string name, Action<HandlerBuilder>? configure = null)
        where T : class
        where THandler : class, IMutator<T> =>
        AddMutating(name, webhook => webhook.Handle<T, THandler>(configure));

    /// <summary>Adds a mutating webhook with one handler written as a delegate.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="handler">The mutator.</param>
    /// <param name="configure">The handler's operations and resources. Default: the type's own resource, CREATE.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddMutator<T>(
        string name, Func<MutationContext<T>, CancellationToken, ValueTask<AdmissionResult>> handler, Action<HandlerBuilder>? configure = null)
        where T : class =>
        AddMutating(name, webhook => webhook.Handle(handler, configure));

    /// <summary>Adds a mutating webhook with one handler written as a delegate without awaits.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="handler">The mutator.</param>
    /// <param name="configure">The handler's operations and resources. Default: the type's own resource, CREATE.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddMutator<T>(
        string name, Func<MutationContext<T>, AdmissionResult> handler, Action<HandlerBuilder>? configure = null)
        where T : class =>
        AddMutating(name, webhook => webhook.Handle(handler, configure));

    /// <summary>Adds a validating webhook with one handler.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <typeparam name="THandler">The validator.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="configure">The handler's operations and resources. Default: the type's own resource, CREATE and UPDATE.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddValidator<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        string name, Action<HandlerBuilder>? configure = null)
        where T : class
        where THandler : class, IValidator<T> =>
        AddValidating(name, webhook => webhook.Handle<T, THandler>(configure));

    /// <summary>Adds a validating webhook with one handler written as a delegate.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="handler">The validator.</param>
    /// <param name="configure">The handler's operations and resources. Default: the type's own resource, CREATE and UPDATE.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddValidator<T>(
        string name, Func<ValidationContext<T>, CancellationToken, ValueTask<AdmissionResult>> handler, Action<HandlerBuilder>? configure = null)
        where T : class =>
        AddValidating(name, webhook => webhook.Handle(handler, configure));

    /// <summary>Adds a validating webhook with one handler written as a delegate without awaits.</summary>
    /// <typeparam name="T">The type its objects are read as.</typeparam>
    /// <param name="name">The webhook's name.</param>
    /// <param name="handler">The validator.</param>
    /// <param name="configure">The handler's operations and resources. Default: the type's own resource, CREATE and UPDATE.</param>
    /// <returns>This builder.</returns>
    public AdmissionWebhooksBuilder AddValidator<T>(
        string name, Func<ValidationContext<T>, AdmissionResult> handler, Action<HandlerBuilder>? configure = null)
        where T : class =>
        AddValidating(name, webhook => webhook.Handle(handler, configure));
}
