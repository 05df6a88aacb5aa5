using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk;

/// <summary>
/// Settings of all webhooks in the application, from code or the configuration section <c>AdmissionWebhooks</c>, which wins. Read once, at start.
/// </summary>
public sealed class AdmissionWebhookOptions
{
    /// <summary>The largest request body that is read, in bytes. The API server sets no limit of its own, and an update of two 3 MiB objects is several times that.</summary>
    /// <value>The default is 16 MiB. A larger body is answered with 413. At most 1 GiB.</value>
    public int MaxRequestBodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The most bytes of request bodies that the process holds at once.</summary>
    /// <value>The default is 256 MiB. A request beyond that is answered with 503.</value>
    public long MaxBytesInFlight { get; set; } = 256L * 1024 * 1024;

    /// <summary>The timeout of webhooks that do not say their own. Whole seconds, 1 to 30.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan DefaultTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long before the API server stops waiting an answer is sent at the latest.</summary>
    /// <value>The default is 150 milliseconds.</value>
    public TimeSpan DeadlineMargin { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How many reviews a webhook that does not say its own limit works on at once.</summary>
    /// <value>The default is 64. At most 10,000.</value>
    public int DefaultMaxConcurrentReviews { get; set; } = 64;

    /// <summary>
    /// How long the application goes on serving after it was told to stop and has reported itself not ready, so that everybody has time to stop
    /// sending: removing an endpoint from a Service is not heard of at once. In Development, and in memory, there is no delay.
    /// </summary>
    /// <value>The default is 5 seconds. Together with the longest webhook timeout and 10 seconds it must fit into the pod's <c>terminationGracePeriodSeconds</c>; <c>HostOptions.ShutdownTimeout</c> is raised to it unless you set that yourself.</value>
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How deep an object may be nested before it counts as undecodable. At most 4,000: much deeper ones overflow the stack of recursive models.</summary>
    /// <value>The default is 1,000.</value>
    public int MaxObjectDepth { get; set; } = 1000;

    /// <summary>Metadata of your own types, for NativeAOT: the <c>Default</c> of a <c>JsonSerializerContext</c> that lists them.</summary>
    /// <value>The default is null: your types are read by reflection.</value>
    public IJsonTypeInfoResolver? JsonTypeInfoResolver { get; set; }
}
