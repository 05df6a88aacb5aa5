using System.Text;
using AdmissionSdk.Certificates;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Testing.Hosting;

/// <summary>The webhooks that an application has registered, and the application's address.</summary>
internal static class RegisteredWebhooks
{
    /// <summary>The webhook configurations that the application's own commands would generate.</summary>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Configurations(IServiceProvider services, Version? kubeVersion = null)
    {
        var registry = services.GetService<WebhookRegistry>()
            ?? throw new InvalidOperationException("The application has no webhooks: it did not call builder.Services.AddAdmissionWebhooks().");
        var options = ManifestOptions.FromConfiguration(
            services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>().ApplicationName);
        return WebhookConfigurations.Create(registry, kubeVersion is null ? options : options.With(copy => copy.KubeVersion = kubeVersion));
    }

    /// <summary>The first https address, with the loopback address in place of "any".</summary>
    public static Uri Address(IServiceProvider services)
    {
        var addresses = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var https = addresses.Select(BindingAddress.Parse).FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttps)
            ?? throw new InvalidOperationException(
                "The application has no https address that the API server could call: start it first, and give it builder.Services.AddAdmissionTls(tls => tls.Port = 0).");
        return new Uri($"https://127.0.0.1:{https.Port}");
    }

    /// <summary>The certificate that the API server is to trust.</summary>
    public static byte[] CaBundle(IServiceProvider services) => services.GetService<ServingCertificate>()?.Pem is { } pem
        ? Encoding.ASCII.GetBytes(pem)
        : throw new InvalidOperationException("The application's certificate is not known: give it builder.Services.AddAdmissionTls(tls => tls.Port = 0), or pass the caBundle.");
}
