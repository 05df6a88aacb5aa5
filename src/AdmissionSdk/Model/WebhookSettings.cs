using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.Model;

/// <summary>
/// Every setting of a webhook, as one source sets it: a builder, or the configuration. Null: the source does not set it. A new setting has its
/// property, default, key and merge here (and a place in <see cref="Live"/>, if it may change while the application runs), a method of the builder,
/// and the code that uses the value: <see cref="WebhookDescriptor.Registered"/> or <see cref="EffectiveSettings.Values"/>.
/// </summary>
internal sealed record WebhookSettings
{
    /// <summary>The shortest timeout that Kubernetes takes, in seconds.</summary>
    public const int ShortestTimeout = 1;

    /// <summary>The longest timeout that Kubernetes takes, in seconds (contract 8.1).</summary>
    public const int LongestTimeout = 30;

    /// <summary>The most reviews a webhook can work on at once: each may be a blocked thread.</summary>
    public const int MostConcurrentReviews = 10_000;

    public string? Path { get; init; }

    public FailurePolicy? FailurePolicy { get; init; }

    public MatchPolicy? MatchPolicy { get; init; }

    public SideEffects? SideEffects { get; init; }

    public ReinvocationPolicy? ReinvocationPolicy { get; init; }

    public TimeSpan? Timeout { get; init; }

    public V1LabelSelector? NamespaceSelector { get; init; }

    public V1LabelSelector? ObjectSelector { get; init; }

    public IReadOnlyList<MatchCondition>? MatchConditions { get; init; }

    public IReadOnlyList<string>? ReviewVersions { get; init; }

    public int? Order { get; init; }

    public bool? ExemptsNamespaces { get; init; }

    public IReadOnlyList<string>? ExemptNamespaces { get; init; }

    public EnforcementMode? Mode { get; init; }

    public ErrorPolicy? OnError { get; init; }

    public UndecodablePolicy? OnUndecodable { get; init; }

    public TooLargePolicy? OnTooLarge { get; init; }

    public UnmatchedPolicy? OnUnmatched { get; init; }

    public bool? SkipWhenDeleting { get; init; }

    public int? MaxConcurrentReviews { get; init; }

    /// <summary>The settings that a running application follows. The others are for what is written into the cluster, or for code alone.</summary>
    public WebhookSettings Live => new() { Timeout = Timeout, Mode = Mode, OnError = OnError, OnTooLarge = OnTooLarge, MaxConcurrentReviews = MaxConcurrentReviews };

    /// <summary>The default of every setting; only the selectors do not have one.</summary>
    public static WebhookSettings Defaults(string name, WebhookType type, AdmissionWebhookOptions options) => new()
    {
        Path = type == WebhookType.Mutating ? $"/mutate/{name}" : $"/validate/{name}",
        FailurePolicy = AdmissionSdk.FailurePolicy.Fail,
        MatchPolicy = AdmissionSdk.MatchPolicy.Equivalent,
        SideEffects = AdmissionSdk.SideEffects.None,
        ReinvocationPolicy = AdmissionSdk.ReinvocationPolicy.Never,
        Timeout = options.DefaultTimeout,
        MatchConditions = [],
        ReviewVersions = ["v1"],
        Order = 0,
        ExemptsNamespaces = true,
        ExemptNamespaces = [],
        Mode = EnforcementMode.Enforce,
        OnError = ErrorPolicy.Fail,
        OnUndecodable = UndecodablePolicy.Fail,
        OnTooLarge = TooLargePolicy.Fail,
        OnUnmatched = type == WebhookType.Mutating ? UnmatchedPolicy.Allow : UnmatchedPolicy.Fail,
        SkipWhenDeleting = false,
        MaxConcurrentReviews = options.DefaultMaxConcurrentReviews,
    };

    /// <summary>The settings of a source that is text, by their keys. A setting that is missing here can only be set by code.</summary>
    public static WebhookSettings Read(ISettingReader source) => new()
    {
        FailurePolicy = source.Choice<FailurePolicy>(nameof(FailurePolicy)),
        MatchPolicy = source.Choice<MatchPolicy>(nameof(MatchPolicy)),
        SideEffects = source.Choice<SideEffects>(nameof(SideEffects)),
        ReinvocationPolicy = source.Choice<ReinvocationPolicy>(nameof(ReinvocationPolicy)),
        Timeout = source.Seconds(nameof(Timeout), ShortestTimeout, LongestTimeout),
        NamespaceSelector = source.Selector(nameof(NamespaceSelector)),
        ObjectSelector = source.Selector(nameof(ObjectSelector)),
        MatchConditions = source.Conditions(nameof(MatchConditions)),
        Order = source.Number(nameof(Order)),
        ExemptsNamespaces = source.Flag(nameof(ExemptsNamespaces)),
        ExemptNamespaces = source.Texts(nameof(ExemptNamespaces)),
        Mode = source.Choice<EnforcementMode>(nameof(Mode)),
        OnError = source.Choice<ErrorPolicy>(nameof(OnError)),
        OnTooLarge = source.Choice<TooLargePolicy>(nameof(OnTooLarge)),
        MaxConcurrentReviews = source.Number(nameof(MaxConcurrentReviews), 1, MostConcurrentReviews),
    };

    /// <summary>These settings, and those of the weaker source for what is not set here.</summary>
    public WebhookSettings Over(WebhookSettings weaker) => new()
    {
        Path = Path ?? weaker.Path,
        FailurePolicy = FailurePolicy ?? weaker.FailurePolicy,
        MatchPolicy = MatchPolicy ?? weaker.MatchPolicy,
        SideEffects = SideEffects ?? weaker.SideEffects,
        ReinvocationPolicy = ReinvocationPolicy ?? weaker.ReinvocationPolicy,
        Timeout = Timeout ?? weaker.Timeout,
        NamespaceSelector = NamespaceSelector ?? weaker.NamespaceSelector,
        ObjectSelector = ObjectSelector ?? weaker.ObjectSelector,
        MatchConditions = MatchConditions ?? weaker.MatchConditions,
        ReviewVersions = ReviewVersions ?? weaker.ReviewVersions,
        Order = Order ?? weaker.Order,
        ExemptsNamespaces = ExemptsNamespaces ?? weaker.ExemptsNamespaces,
        ExemptNamespaces = ExemptNamespaces ?? weaker.ExemptNamespaces,
        Mode = Mode ?? weaker.Mode,
        OnError = OnError ?? weaker.OnError,
        OnUndecodable = OnUndecodable ?? weaker.OnUndecodable,
        OnTooLarge = OnTooLarge ?? weaker.OnTooLarge,
        OnUnmatched = OnUnmatched ?? weaker.OnUnmatched,
        SkipWhenDeleting = SkipWhenDeleting ?? weaker.SkipWhenDeleting,
        MaxConcurrentReviews = MaxConcurrentReviews ?? weaker.MaxConcurrentReviews,
    };
}
