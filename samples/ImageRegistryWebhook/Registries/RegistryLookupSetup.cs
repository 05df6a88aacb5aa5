using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Telemetry;

namespace ImageRegistryWebhook.Registries;

/// <summary>Registers the look-ups.</summary>
internal static class RegistryLookupSetup
{
    /// <summary>Adds <see cref="IRegistryLookup"/> with the configuration section <see cref="RegistryLookupOptions.Section"/>.</summary>
    public static IServiceCollection AddRegistryLookup(this IServiceCollection services)
    {
        services.AddOptions<RegistryLookupOptions>().BindConfiguration(RegistryLookupOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RegistryLookupOptions>, RegistryLookupValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton(provider => new TrustTable(provider.GetRequiredService<IOptions<RegistryLookupOptions>>().Value));
        services.TryAddSingleton(provider => new GuardedConnector(provider.GetRequiredService<TrustTable>(), Dns.GetHostAddressesAsync));
        services.TryAddSingleton<CredentialStore>();
        services.TryAddSingleton<TokenSource>();
        services.TryAddSingleton<ManifestClient>();
        services.TryAddSingleton<LookupMetrics>();
        services.TryAddSingleton<RegistryLookup>();
        services.TryAddSingleton<OfflineRegistryLookup>();
        services.TryAddSingleton<IRegistryLookup>(provider => provider.GetRequiredService<IOptions<RegistryLookupOptions>>().Value.Enabled
            ? provider.GetRequiredService<RegistryLookup>()
            : provider.GetRequiredService<OfflineRegistryLookup>());
        // After the defaults, which set the application's logger factory.
        services.PostConfigure<TelemetryOptions>(QuietTelemetry.Apply);
        services.AddHttpClient(RegistryHttp.Name, client => client.DefaultRequestHeaders.UserAgent.ParseAdd(RegistryHttp.UserAgent))
            .ConfigurePrimaryHttpMessageHandler(provider => RegistryHttp.Handler(
                provider.GetRequiredService<GuardedConnector>(), provider.GetRequiredService<IOptions<RegistryLookupOptions>>().Value.ConnectTimeout))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The default loggers would log every request, with addresses that pods' authors chose.
            .RemoveAllLoggers()
            .AddResilienceHandler(RegistryHttp.Name, AddResilience)
            .SelectPipelineByAuthority();
        return services;
    }

    // Only failed connections are tried again, once and at once, since a webhook's timeout leaves no time for more. Only unreachable registries open the
    // circuit: the response to one author's choice of image must not block others.
    private static void AddResilience(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
        pipeline
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.Zero,
                UseJitter = false,
                ShouldHandle = arguments => ValueTask.FromResult(IsNotConnected(arguments.Outcome.Exception) || IsBroken(arguments.Outcome.Exception)),
            })
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 4,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = TimeSpan.FromSeconds(5),
                ShouldHandle = arguments => ValueTask.FromResult(IsNotConnected(arguments.Outcome.Exception) || IsConnectTimeout(arguments.Outcome.Exception)),
            });
    }

    private static bool IsNotConnected(Exception? exception) => exception is HttpRequestException
    {
        InnerException: not AddressRefusedException,
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
    };

    // An idle connection that the registry has closed.
    private static bool IsBroken(Exception? exception) => exception is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded };

    // The inner exception of SocketsHttpHandler separates its connect timeout from a cancelled request.
    private static bool IsConnectTimeout(Exception? exception) => exception is OperationCanceledException { InnerException: TimeoutException };
}
