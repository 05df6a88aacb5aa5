using AdmissionSdk.Model;

namespace AdmissionSdk.Registration;

/// <summary>One webhook: its name, its path, its handlers, and how it answers. Immutable; made from what the builders were told.</summary>
public sealed partial class WebhookDescriptor
{
    internal WebhookDescriptor()
    {
    }

    /// <summary>The webhook's name, a domain with at least three segments, unique in the application.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it mutates or validates.</summary>
    public required WebhookType Type { get; init; }

    /// <summary>The URL path it answers on.</summary>
    public required string Path { get; init; }

    /// <summary>The handlers, in the order in which they run.</summary>
    public required IReadOnlyList<HandlerDescriptor> Handlers { get; init; }

    /// <summary>The handler's deadline when the request does not say one, as code has it. 1 to 30 seconds.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>What is answered when a handler could not decide.</summary>
    public ErrorPolicy OnError { get; init; }

    /// <summary>What is answered when the object does not fit the handler's type.</summary>
    public UndecodablePolicy OnUndecodable { get; init; }

    /// <summary>What is answered when no handler claims the review.</summary>
    public UnmatchedPolicy OnUnmatched { get; init; }

    /// <summary>What a validating webhook's decisions lead to, unless the configuration says otherwise.</summary>
    public EnforcementMode Mode { get; init; }

    /// <summary>Whether updates that only move a deletion on are allowed without asking the handlers.</summary>
    public bool SkipWhenDeleting { get; init; }

    internal IReadOnlyList<FilterRegistration> Filters { get; init; } = [];

    /// <summary>How many reviews may be worked on at once.</summary>
    public int MaxConcurrentReviews { get; init; }
}
