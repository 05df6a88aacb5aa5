using AdmissionSdk.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Recording;

/// <summary>Adds the recorder of reviews.</summary>
internal static class RecordingServices
{
    public static IServiceCollection AddRecording(this IServiceCollection services)
    {
        services.AddOptions<RecordingOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RecordingOptions>, RecordingOptionsValidator>());
        services.TryAddSingleton<ReviewRecorder>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWebhookConvention, ReviewRecorder>(provider => provider.GetRequiredService<ReviewRecorder>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ReviewRecorder>(provider => provider.GetRequiredService<ReviewRecorder>()));
        return services;
    }
}
