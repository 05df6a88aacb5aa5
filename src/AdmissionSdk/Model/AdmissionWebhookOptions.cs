using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk;

/// <summary>
/// Settings of all webhooks in the application, from code or the configuration section <c>AdmissionWebhooks</c>, which wins. Read once, at start.
/// </summary>
public sealed class AdmissionWebhookOptions
{
    /// <summary>The largest request body that is read, in bytes. The API server sets no limit of its own, and an update of two 3 MiB objects is several times that.</summary>
    /// <value>The default is 16 MiB. The response to a larger body is 413. At most 1 GiB.</value>
    public int MaxRequestBodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// The most memory, in bytes, that all reviews together may take: their bodies and all that becomes of bodies, by an upper bound that is charged before the
    /// memory is taken.
    /// </summary>
    /// <value>
    /// The default is null: what the memory of the process leaves beside connections; 246 MiB in a container of 512 MiB, enough for an UPDATE of two objects of
    /// 1.5 MiB, which is etcd's limit. What does not fit is refused at once, with 503 or by failing the review, as the webhook's <see cref="TooLargePolicy"/> says.
    /// </value>
    public long? MaxBytesInFlight { get; set; }

    /// <summary>The timeout of webhooks that do not set their own. Whole seconds, 1 to 30.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan DefaultTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The time by which a response is sent, at the latest, before the API server stops waiting.</summary>
    /// <value>The default is 150 milliseconds.</value>
    public TimeSpan DeadlineMargin { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>The limit of reviews at once, of webhooks that do not set their own.</summary>
    /// <value>The default is 64. At most 10,000.</value>
    public int DefaultMaxConcurrentReviews { get; set; } = 64;

    /// <summary>
    /// The time that the application goes on serving after SIGTERM, when it has reported itself not ready, so that everybody has time to stop
    /// sending: the removal of an endpoint from a Service takes a while to be noticed. In Development, and in memory, the delay is zero.
    /// </summary>
    /// <value>The default is 5 seconds. Together with the longest webhook timeout and 10 seconds it must fit into the pod's <c>terminationGracePeriodSeconds</c>; <c>HostOptions.ShutdownTimeout</c> is raised to it unless you set that yourself.</value>
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The depth up to which an object may be nested; a deeper object is undecodable. At most 4,000: much deeper objects overflow the stack of recursive models.</summary>
    /// <value>The default is 1,000.</value>
    public int MaxObjectDepth { get; set; } = 1000;

    /// <summary>Metadata of your own types, for NativeAOT: the <c>Default</c> of a <c>JsonSerializerContext</c> that lists them.</summary>
    /// <value>The default is null: your types are read by reflection.</value>
    public IJsonTypeInfoResolver? JsonTypeInfoResolver { get; set; }
}
