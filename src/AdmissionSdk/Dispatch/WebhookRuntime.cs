using System.Threading.RateLimiting;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Dispatch;

/// <summary>A webhook while the application runs: what was registered, and its slots.</summary>
internal sealed class WebhookRuntime(WebhookDescriptor descriptor) : IDisposable
{
    private readonly ConcurrencyLimiter _slots = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = descriptor.MaxConcurrentReviews,
        // No queue: a review that waits here only eats its own deadline, and anyone could fill it.
        QueueLimit = 0,
    });

    public WebhookDescriptor Descriptor { get; } = descriptor;

    public string Name => Descriptor.Name;

    /// <summary>Takes a slot, held until the returned lease is disposed; not acquired when all are taken.</summary>
    public RateLimitLease TakeSlot() => _slots.AttemptAcquire();

    /// <summary>The handlers that claim a review, in order.</summary>
    public IReadOnlyList<HandlerDescriptor> Match(Reviews.AdmissionRequest request) =>
    [
        .. Descriptor.Handlers.Where(handler => handler.Claims(request.Resource, request.SubResource, request.Operation)),
    ];

    public void Dispose() => _slots.Dispose();
}
