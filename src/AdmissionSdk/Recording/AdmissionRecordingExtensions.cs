using AdmissionSdk.Recording;
using AdmissionSdk.Registration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Here so that RecordReviews needs no using.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Records reviews.</summary>
public static class AdmissionRecordingExtensions
{
    /// <summary>
    /// Writes every review and its answer to a file, redacted, to be replayed in tests. Off unless this is called; a warning at start says that it is on.
    /// </summary>
    /// <param name="webhooks">The application's webhooks.</param>
    /// <param name="configure">Says at least the file.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Recording never holds up or changes an answer: what cannot be written in time is left out, and counted in a warning when the application stops.</remarks>
    public static AdmissionWebhooksBuilder RecordReviews(this AdmissionWebhooksBuilder webhooks, Action<RecordingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        ArgumentNullException.ThrowIfNull(configure);
        var services = webhooks.Services;
        services.AddOptions<RecordingOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RecordingOptions>, RecordingOptionsValidator>());
        services.TryAddSingleton<ReviewRecorder>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ReviewRecorder>(provider => provider.GetRequiredService<ReviewRecorder>()));
        return webhooks;
    }
}
