using AdmissionSdk.Health;
using Microsoft.AspNetCore.Routing;

namespace AdmissionSdk.CommandLine.Context;

/// <summary>What the built application answers.</summary>
internal sealed class HostEndpoints(IEnumerable<EndpointDataSource> sources)
{
    /// <summary>Where they are.</summary>
    public IEnumerable<EndpointDataSource> Sources { get; } = sources;

    /// <summary>Whether a path is answered, on a port or on any.</summary>
    public bool Answers(string path, int? port) =>
        Sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Any(endpoint => string.Equals(endpoint.RoutePattern.RawText?.Trim('/'), path.Trim('/'), StringComparison.OrdinalIgnoreCase)
                && (port is null || IsOn(endpoint, port.Value)));

    private static bool IsOn(RouteEndpoint endpoint, int port) =>
        (endpoint.Metadata.GetMetadata<HealthPort>()?.Port ?? port) == port
        && (endpoint.Metadata.GetMetadata<IHostMetadata>()?.Hosts is not { Count: > 0 } hosts
            || hosts.Any(host => !host.Contains(':', StringComparison.Ordinal) || host.EndsWith($":{port}", StringComparison.Ordinal)));
}
