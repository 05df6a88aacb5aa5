using System.Diagnostics.CodeAnalysis;
using AdmissionSdk.Configuration;
using AdmissionSdk.Model;

namespace AdmissionSdk.Registration;

/// <summary>What mutating and validating webhooks have in common.</summary>
/// <typeparam name="TSelf">The builder itself, so that calls chain.</typeparam>
public abstract partial class WebhookBuilder<TSelf>
    where TSelf : WebhookBuilder<TSelf>
{
    private readonly List<Func<HandlerDescriptor>> _handlers = [];
    private readonly string _name;
    private readonly WebhookType _type;
    private string _path;
    private ErrorPolicy _onError;
    private UndecodablePolicy _onUndecodable;
    private UnmatchedPolicy _onUnmatched;
    private int? _maxConcurrentReviews;
    private readonly List<FilterRegistration> _filters = [];

    private protected WebhookBuilder(string name, WebhookType type)
    {
        _name = name;
        _type = type;
        _path = type == WebhookType.Mutating ? $"/mutate/{name}" : $"/validate/{name}";
        _onUnmatched = type == WebhookType.Mutating ? UnmatchedPolicy.Allow : UnmatchedPolicy.Fail;
    }

    private TSelf Self => (TSelf)this;

    /// <summary>The URL path it answers on.</summary>
    /// <param name="path">A path such as <c>/mutate</c>. Default <c>/mutate/name</c> or <c>/validate/name</c>.</param>
    /// <returns>This builder.</returns>
    public TSelf Path(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = path;
        return Self;
    }

    /// <summary>What is answered when a handler throws, says Fail, or misses its deadline.</summary>
    /// <param name="policy">Default <see cref="ErrorPolicy.Fail"/>: failurePolicy decides.</param>
    /// <returns>This builder.</returns>
    public TSelf OnError(ErrorPolicy policy)
    {
        _onError = policy;
        return Self;
    }

    /// <summary>What is answered when the object does not fit the handler's type. The requester chooses the content, so a guard under Ignore wants Deny.</summary>
    /// <param name="policy">Default <see cref="UndecodablePolicy.Fail"/>.</param>
    /// <returns>This builder.</returns>
    public TSelf OnUndecodable(UndecodablePolicy policy)
    {
        _onUndecodable = policy;
        return Self;
    }

    /// <summary>What is answered when a review reaches the path and no handler claims it, as happens while code and cluster differ during a roll-out.</summary>
    /// <param name="policy">Default <see cref="UnmatchedPolicy.Allow"/> for a mutating, <see cref="UnmatchedPolicy.Fail"/> for a validating webhook.</param>
    /// <returns>This builder.</returns>
    public TSelf OnUnmatched(UnmatchedPolicy policy)
    {
        _onUnmatched = policy;
        return Self;
    }

    /// <summary>How many reviews may be worked on at once. A review beyond that fails at once, so that failurePolicy decides.</summary>
    /// <param name="limit">1 to 10,000. Default <see cref="AdmissionWebhookOptions.DefaultMaxConcurrentReviews"/>, 64.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1 or more than 10,000.</exception>
    public TSelf MaxConcurrentReviews(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, EffectiveSettings.MostConcurrentReviews);
        _maxConcurrentReviews = limit;
        return Self;
    }

    /// <summary>Runs a filter around each of this webhook's handlers, inside those of <see cref="AdmissionWebhooksBuilder.AddFilter{TFilter}"/> and those added before it.</summary>
    /// <typeparam name="TFilter">The filter. Taken from dependency injection if it is registered there, else made anew for each handler call.</typeparam>
    /// <returns>This builder.</returns>
    public TSelf Filter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IAdmissionFilter
    {
        _filters.Add(FilterRegistration.For<TFilter>());
        return Self;
    }

    private protected EnforcementMode EnforcementMode { get; set; }

    private protected bool SkipsWhenDeleting { get; set; }

    private protected TSelf Add(HandlerInvoker invoker, Operations defaultOperations, Action<HandlerBuilder>? configure)
    {
        var rule = new HandlerBuilder(defaultOperations);
        configure?.Invoke(rule);
        _handlers.Add(() => rule.Build(invoker));
        return Self;
    }

    internal WebhookDescriptor Build(WebhookSources sources)
    {
        var said = _cluster;
        return new()
        {
            Name = _name,
            Type = _type,
            Path = _path,
            Timeout = said.Timeout ?? sources.Options.DefaultTimeout,
            OnError = _onError,
            OnUndecodable = _onUndecodable,
            OnUnmatched = _onUnmatched,
            MaxConcurrentReviews = _maxConcurrentReviews ?? sources.Options.DefaultMaxConcurrentReviews,
            Mode = EnforcementMode,
            SkipWhenDeleting = SkipsWhenDeleting,
            Filters = [.. _filters],
            Handlers = [.. _handlers.Select(build => build())],
            Cluster = sources.Configured(_name, _type).Over(said),
            AcceptedFindings = _acceptedFindings,
        };
    }
}
