using System.Diagnostics.CodeAnalysis;
using AdmissionSdk.Model;

namespace AdmissionSdk.Registration;

/// <summary>The settings and handlers that mutating and validating webhooks have in common.</summary>
/// <typeparam name="TSelf">The builder itself, so that calls chain.</typeparam>
public abstract partial class WebhookBuilder<TSelf>
    where TSelf : WebhookBuilder<TSelf>
{
    private readonly List<Func<HandlerDescriptor>> _handlers = [];
    private readonly List<FilterRegistration> _filters = [];
    private readonly BuildGuard _guard;
    private readonly string _name;
    private readonly WebhookType _type;
    private Action<GuardPolicyBuilder>? _guardPolicy;

    private protected WebhookBuilder(string name, WebhookType type) =>
        (_name, _type, _guard) = (name, type, new BuildGuard($"The webhook {name}"));

    private protected WebhookSettings Settings { get; private set; } = new();

    private TSelf Self => (TSelf)this;

    /// <summary>Sets the URL path of the webhook.</summary>
    /// <param name="path">A path such as <c>/mutate</c>. Default <c>/mutate/name</c> or <c>/validate/name</c>.</param>
    /// <returns>This builder.</returns>
    public TSelf Path(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Set(Settings with { Path = path });
    }

    /// <summary>Sets the response for a handler that throws, returns Fail, or misses its deadline.</summary>
    /// <param name="policy">Default <see cref="ErrorPolicy.Fail"/>: failurePolicy decides.</param>
    /// <returns>This builder.</returns>
    public TSelf OnError(ErrorPolicy policy) => Set(Settings with { OnError = policy });

    /// <summary>Sets the response for an object that does not fit the handler's type. The requester chooses the content, so a guard under Ignore wants Deny.</summary>
    /// <param name="policy">Default <see cref="UndecodablePolicy.Fail"/>.</param>
    /// <returns>This builder.</returns>
    public TSelf OnUndecodable(UndecodablePolicy policy) => Set(Settings with { OnUndecodable = policy });

    /// <summary>Sets the response for a review that is too large, or does not fit into the memory that is free. The requester chooses the size, so a guard under Ignore wants Deny.</summary>
    /// <param name="policy">Default <see cref="TooLargePolicy.Fail"/>: failurePolicy decides.</param>
    /// <returns>This builder.</returns>
    public TSelf OnTooLarge(TooLargePolicy policy) => Set(Settings with { OnTooLarge = policy });

    /// <summary>Sets the response for a review that no handler claims, as happens while code and cluster differ during a roll-out.</summary>
    /// <param name="policy">Default <see cref="UnmatchedPolicy.Allow"/> for a mutating, <see cref="UnmatchedPolicy.Fail"/> for a validating webhook.</param>
    /// <returns>This builder.</returns>
    public TSelf OnUnmatched(UnmatchedPolicy policy) => Set(Settings with { OnUnmatched = policy });

    /// <summary>Limits the reviews that are worked on at once. A review beyond the limit fails at once, so that failurePolicy decides.</summary>
    /// <param name="limit">1 to 10,000. Default <see cref="AdmissionWebhookOptions.DefaultMaxConcurrentReviews"/>, 64.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1 or more than 10,000.</exception>
    public TSelf MaxConcurrentReviews(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, WebhookSettings.MostConcurrentReviews);
        return Set(Settings with { MaxConcurrentReviews = limit });
    }

    /// <summary>Runs a filter around each of this webhook's handlers, inside the filters of <see cref="AdmissionWebhooksBuilder.AddFilter{TFilter}"/> and the filters added before.</summary>
    /// <typeparam name="TFilter">The filter. Taken from dependency injection if it is registered there, else made anew for each handler call.</typeparam>
    /// <returns>This builder.</returns>
    public TSelf Filter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IAdmissionFilter
    {
        _guard.Check();
        _filters.Add(FilterRegistration.For<TFilter>());
        return Self;
    }

    private protected TSelf Add(HandlerInvoker invoker, Operations defaultOperations, Action<HandlerRuleBuilder>? rule)
    {
        _guard.Check();
        var builder = new HandlerRuleBuilder(defaultOperations);
        rule?.Invoke(builder);
        _handlers.Add(() => builder.Build(invoker));
        return Self;
    }

    private protected TSelf SetGuard(Action<GuardPolicyBuilder> configure)
    {
        _guard.Check();
        _guardPolicy = configure;
        return Self;
    }

    private protected TSelf Set(WebhookSettings settings)
    {
        _guard.Check();
        Settings = settings;
        return Self;
    }

    internal WebhookRegistration Register() => new(_name, _type, Build);

    private WebhookDescriptor Build(AdmissionWebhookOptions options, WebhookSettings configured)
    {
        _guard.Close();
        return new(_name, _type, Settings.Over(WebhookSettings.Defaults(_name, _type, options)), configured)
        {
            Filters = [.. _filters],
            Handlers = HandlerVersions.Resolve([.. _handlers.Select(build => build())]),
            AcceptedFindings = _acceptedFindings.ToDictionary(StringComparer.Ordinal),
            Guard = _guardPolicy is { } configure ? new Lazy<GuardPolicy>(() => MakeGuardPolicy(configure)) : null,
        };
    }

    private static GuardPolicy MakeGuardPolicy(Action<GuardPolicyBuilder> configure)
    {
        var builder = new GuardPolicyBuilder();
        configure(builder);
        return builder.Build();
    }
}
