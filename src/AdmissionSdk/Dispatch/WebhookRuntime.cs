using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using AdmissionSdk.Reviews;

namespace AdmissionSdk.Dispatch;

/// <summary>A webhook while the application runs: what was registered, the settings in force, and its slots.</summary>
internal sealed class WebhookRuntime
{
    private EffectiveSettings _settings;
    private ReviewSlots _slots;

    public WebhookRuntime(WebhookDescriptor descriptor, IEnumerable<FilterRegistration> filters)
    {
        Descriptor = descriptor;
        Filters = new FilterPipeline([.. filters, .. descriptor.Filters]);
        _settings = EffectiveSettings.Of(descriptor);
        _slots = new ReviewSlots(_settings.MaxConcurrentReviews);
    }

    public WebhookDescriptor Descriptor { get; }

    public string Name => Descriptor.Name;

    /// <summary>The application's filters, and inside them the webhook's own.</summary>
    public FilterPipeline Filters { get; }

    public EffectiveSettings Settings => Volatile.Read(ref _settings);

    /// <summary>The number of free slots.</summary>
    public int FreeSlots => Volatile.Read(ref _slots).Free;

    /// <summary>Puts new settings in force, from the next review on.</summary>
    public void Use(EffectiveSettings settings)
    {
        // Reviews being worked on give their slots back to the old ones, so for a moment more reviews may run than either limit says.
        if (settings.MaxConcurrentReviews != Settings.MaxConcurrentReviews)
        {
            Volatile.Write(ref _slots, new ReviewSlots(settings.MaxConcurrentReviews));
        }

        Volatile.Write(ref _settings, settings);
    }

    /// <summary>Takes a slot for a review of that size, held until it is disposed; null when there is none for the review. See <see cref="ReviewSlots.TryTake"/>.</summary>
    public IDisposable? TryTakeSlot(int bytes, string? share) => Volatile.Read(ref _slots).TryTake(bytes, share);

    /// <summary>The handlers that claim a review, in order.</summary>
    public IReadOnlyList<HandlerDescriptor> Match(AdmissionRequest request) =>
    [
        .. Descriptor.Handlers.Where(handler => handler.Claims(request.Resource, request.Subresource, request.Operation)),
    ];
}
