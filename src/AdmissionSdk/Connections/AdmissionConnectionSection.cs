using AdmissionSdk.Configuration;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Connections;

/// <summary>The limits of connections, under <c>AdmissionWebhooks:Connections</c>.</summary>
internal sealed class AdmissionConnectionSection(IConfiguration? configuration = null)
    : ConfiguredOptions<AdmissionConnectionOptions>(configuration, SectionNames.Connections)
{
    protected override void Read(SectionReader reader, AdmissionConnectionOptions options)
    {
        options.MaxConnections =
            reader.Number(nameof(options.MaxConnections), AdmissionConnectionOptions.FewestConnections, AdmissionConnectionOptions.MostConnections) ?? options.MaxConnections;
        options.MaxConnectionsPerAddress =
            reader.Number(nameof(options.MaxConnectionsPerAddress), 1, AdmissionConnectionOptions.MostConnections) ?? options.MaxConnectionsPerAddress;
        options.MaxHandshakes = reader.Number(nameof(options.MaxHandshakes), 1, AdmissionConnectionOptions.MostConnections) ?? options.MaxHandshakes;
        options.MaxRequests = reader.Number(nameof(options.MaxRequests), 1, AdmissionConnectionOptions.MostConnections) ?? options.MaxRequests;
        options.FirstRequestTimeout = reader.Time(nameof(options.FirstRequestTimeout), "30s") ?? options.FirstRequestTimeout;
    }
}
