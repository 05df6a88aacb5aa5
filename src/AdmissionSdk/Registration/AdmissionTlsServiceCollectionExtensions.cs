using AdmissionSdk.Certificates;
using AdmissionSdk.Hosting;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Here so that AddAdmissionTls needs no using.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Listens to the API server over TLS.</summary>
public static class AdmissionTlsServiceCollectionExtensions
{
    /// <summary>
    /// Listens on a TLS port with a certificate from files, which may be replaced while the application runs, with managed certificates, or with a development
    /// certificate.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Settings. The configuration section <c>AdmissionWebhooks:Tls</c> wins over them.</param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// The listener is added to those of <c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c> and <c>Kestrel:Endpoints</c>, so that health checks and
    /// metrics can have a plain HTTP port. Addresses with <c>https</c> in <c>ASPNETCORE_URLS</c> get the same certificate. <c>app.Urls</c> and
    /// <c>app.Run(url)</c> cannot be combined with this listener: the application then does not start.
    /// </remarks>
    public static IServiceCollection AddAdmissionTls(this IServiceCollection services, Action<AdmissionTlsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddObservability().AddTlsSettings();
        services.TryAddSingleton(provider => new ServingCertificate(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<CertificateLoader>();
        services.TryAddSingleton<TlsStartCheck>();
        services.TryAddSingleton<ClientAuthority>();
        services.TryAddSingleton<ClientAuthorityLoader>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<KestrelServerOptions>, AdmissionListenerSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CertificateWatcher>());
        return services.AddManagedCertificates().AddStartupCheck();
    }
}
