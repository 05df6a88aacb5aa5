using AdmissionSdk.Model;

namespace AdmissionSdk.Registration;

/// <summary>One webhook: its name, its path, its handlers, and its settings, of which every one has a value. Immutable.</summary>
public sealed partial class WebhookDescriptor
{
    /// <summary>Makes a webhook out of settings that are complete.</summary>
    /// <param name="name">The webhook's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="code">The settings of the code over the defaults.</param>
    /// <param name="configured">The settings of the configuration when the application was built.</param>
    internal WebhookDescriptor(string name, WebhookType type, WebhookSettings code, WebhookSettings configured) =>
        (Name, Type, Code, Registered) = (name, type, code, configured.Over(code));

    /// <summary>The webhook's name, a domain with at least three segments, unique in the application.</summary>
    public string Name { get; }

    /// <summary>Mutating or validating.</summary>
    public WebhookType Type { get; }

    /// <summary>The URL path it answers on.</summary>
    public string Path => Code.Path!;

    /// <summary>The handlers, in the order in which they run.</summary>
    public IReadOnlyList<HandlerDescriptor> Handlers { get; internal init; } = [];

    /// <summary>The deadline of a handler for a request without one of its own, as set in code. 1 to 30 seconds.</summary>
    public TimeSpan Timeout => Code.Timeout!.Value;

    /// <summary>The response when a handler could not decide, as set in code.</summary>
    public ErrorPolicy OnError => Code.OnError!.Value;

    /// <summary>The response when the object does not fit the handler's type.</summary>
    public UndecodablePolicy OnUndecodable => Code.OnUndecodable!.Value;

    /// <summary>The response when the review is too large or does not fit into the memory, as set in code.</summary>
    public TooLargePolicy OnTooLarge => Code.OnTooLarge!.Value;

    /// <summary>The response when no handler claims the review.</summary>
    public UnmatchedPolicy OnUnmatched => Code.OnUnmatched!.Value;

    /// <summary>The effect of a validating webhook's decisions, as set in code.</summary>
    public EnforcementMode Mode => Code.Mode!.Value;

    /// <summary>True if updates that only move a deletion on are allowed without asking the handlers.</summary>
    public bool SkipWhenDeleting => Code.SkipWhenDeleting!.Value;

    /// <summary>The number of reviews that may be worked on at once, as set in code.</summary>
    public int MaxConcurrentReviews => Code.MaxConcurrentReviews!.Value;

    internal IReadOnlyList<FilterRegistration> Filters { get; init; } = [];

    /// <summary>The settings of the code: a running application lies those of the configuration over them.</summary>
    internal WebhookSettings Code { get; }

    /// <summary>The settings as they are written into the cluster.</summary>
    internal WebhookSettings Registered { get; }
}
