using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>A replica with managed certificates that live for seconds, as a process of its own.</summary>
internal static class RotatingReplica
{
    public const string ModeKey = "LOAD_ROTATION_NAMESPACE";

    /// <summary>The environment variables of such a process.</summary>
    public static IReadOnlyDictionary<string, string> Environment(string kubeConfig, string app, string @namespace, string url) => new Dictionary<string, string>
    {
        [ModeKey] = @namespace,
        ["KUBECONFIG"] = kubeConfig,
        ["AdmissionWebhooks__DrainDelay"] = "2s",
        ["AdmissionWebhooks__Manifests__App"] = app,
        ["AdmissionWebhooks__Manifests__Namespace"] = @namespace,
        ["AdmissionWebhooks__Manifests__Url"] = url,
        ["AdmissionWebhooks__Tls__Mode"] = "Managed",
        ["AdmissionWebhooks__Tls__Port"] = "0",
        ["AdmissionWebhooks__Tls__ManagedCertificates__CaLifetime"] = "36s",
        ["AdmissionWebhooks__Tls__ManagedCertificates__CertificateLifetime"] = "18s",
        ["AdmissionWebhooks__Tls__ManagedCertificates__PropagationDelay"] = "3s",
        ["AdmissionWebhooks__Tls__ManagedCertificates__Interval"] = "1s",
    };

    public static Action<AdmissionWebhooksBuilder> Webhooks(string guarded) => webhooks => webhooks.AddMutatingWebhook("maps.rotation.example.com", webhook => webhook
        .Path("/guard").FailurePolicy(FailurePolicy.Fail).Timeout(TimeSpan.FromSeconds(20)).NamespaceSelector(labels => labels.In("kubernetes.io/metadata.name", guarded))
        .Handle<V1ConfigMap>(context =>
        {
            (context.Object.Metadata.Labels ??= new Dictionary<string, string>())["seen"] = "yes";
            return AdmissionResult.Allow();
        }));

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IKubernetes>(new Kubernetes(KubernetesClientConfiguration.BuildDefaultConfig()));
        builder.Services.AddAdmissionTls();
        Webhooks("any")(builder.Services.AddAdmissionWebhooks());
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var address = BindingAddress.Parse(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
            Console.WriteLine($"https://127.0.0.1:{address.Port}");
        });
        return await app.RunAdmissionWebhooksAsync(args);
    }
}
