using System.Net;
using AdmissionSdk.Manifests;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Counts the ready pods behind the port of the Service that the API server calls.</summary>
internal sealed class ServiceReader(IKubernetes client)
{
    public async Task<StatusCell> ReadAsync(ManifestOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var service = await client.CoreV1.ReadNamespacedServiceAsync(options.ServiceName, options.Namespace, cancellationToken: cancellationToken);
            if ((service.Spec.Ports ?? []).FirstOrDefault(port => port.Port == options.ServicePort) is not { } port)
            {
                return new StatusCell(false, $"the service has no port {options.ServicePort}");
            }

            var ready = await ReadyInSlicesAsync(options, port, cancellationToken) ?? await ReadyAsync(options, port, cancellationToken);
            return new StatusCell(ready > 0, ready > 0 ? $"{ready} ready" : "no pod ready");
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.NotFound)
        {
            return new StatusCell(false, $"no service {options.Namespace}/{options.ServiceName}");
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.Forbidden)
        {
            return new StatusCell(false, "unknown (no right to read services and endpoint slices)") { IsUnknown = true };
        }
    }

    /// <summary>Counts ready pods in endpoint slices; null if the API server has no endpoint slices, as before 1.21.</summary>
    private async Task<int?> ReadyInSlicesAsync(ManifestOptions options, V1ServicePort port, CancellationToken cancellationToken)
    {
        try
        {
            var slices = await client.DiscoveryV1.ListNamespacedEndpointSliceAsync(
                options.Namespace, labelSelector: $"kubernetes.io/service-name={options.ServiceName}", cancellationToken: cancellationToken);

            // A dual-stack Service has a slice for each address family with the same pods.
            return slices.Items
                .Where(slice => (slice.Ports ?? []).Any(item => IsSame(item.Name, port)))
                .GroupBy(slice => slice.AddressType, StringComparer.Ordinal)
                .Select(family => family.Sum(slice => (slice.Endpoints ?? []).Count(endpoint => endpoint.Conditions?.Ready != false)))
                .DefaultIfEmpty().Max();
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<int> ReadyAsync(ManifestOptions options, V1ServicePort port, CancellationToken cancellationToken)
    {
        var endpoints = await client.CoreV1.ReadNamespacedEndpointsAsync(options.ServiceName, options.Namespace, cancellationToken: cancellationToken);
        return (endpoints.Subsets ?? []).Where(subset => (subset.Ports ?? []).Any(item => IsSame(item.Name, port))).Sum(subset => subset.Addresses?.Count ?? 0);
    }

    // Endpoints have the name of the Service's port, and the number of the pod's port.
    private static bool IsSame(string? name, V1ServicePort port) => (name ?? "") == (port.Name ?? "");
}
