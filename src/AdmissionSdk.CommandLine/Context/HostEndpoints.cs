using AdmissionSdk.Health;
using Microsoft.AspNetCore.Routing;

namespace AdmissionSdk.CommandLine.Context;

/// <summary>The endpoints of the built application.</summary>
internal sealed class HostEndpoints(IEnumerable<EndpointDataSource> sources)
{
    /// <summary>The sources of the endpoints.</summary>
    public IEnumerable<EndpointDataSource> Sources { get; } = sources;

    /// <summary>True if the application serves a path on a port; on any port if the port is null.</summary>
    public bool Serves(string path, int? port) =>
        Sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Any(endpoint => string.Equals(endpoint.RoutePattern.RawText?.Trim('/'), path.Trim('/'), StringComparison.OrdinalIgnoreCase)
                && (port is null || IsOn(endpoint, port.Value)));

    private static bool IsOn(RouteEndpoint endpoint, int port) =>
        (endpoint.Metadata.GetMetadata<HealthPort>()?.Port ?? port) == port
        && (endpoint.Metadata.GetMetadata<IHostMetadata>()?.Hosts is not { Count: > 0 } hosts
            || hosts.Any(host => !host.Contains(':', StringComparison.Ordinal) || host.EndsWith($":{port}", StringComparison.Ordinal)));
}
