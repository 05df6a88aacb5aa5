using AdmissionSdk.Configuration;
using AdmissionSdk.Manifests;
using AdmissionSdk.Observability;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>Warns of an AllowedHosts that shuts the API server out: ASP.NET Core answers other hosts with status 400, in front of everything of ours.</summary>
internal sealed class AllowedHostsCheck(
    IOptions<HostFilteringOptions> filtering, IConfiguration configuration, IHostEnvironment environment, IHostApplicationLifetime lifetime, ILogger<AllowedHostsCheck> logger)
    : IHostedService
{
    private static readonly string[] Everybody = ["*", "[::]", "0.0.0.0"];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Report);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Report()
    {
        var allowed = filtering.Value.AllowedHosts;
        if (allowed is { Count: > 0 } && !allowed.Any(host => Everybody.Contains(host, StringComparer.Ordinal))
            && FindName() is { } name && !allowed.Any(host => Matches(host, name)))
        {
            logger.HostsFiltered(LogText.Of(string.Join(';', allowed)), name);
        }
    }

    // The faults of the section are told elsewhere.
    private string? FindName()
    {
        var target = ManifestOptions.Read(new SectionReader(configuration.GetSection(SectionNames.Manifests), new List<string>()), environment.ApplicationName, out _);
        var names = ServingNames.Of(target);
        return target.Url is null ? names[0] : names[^1];
    }

    private static bool Matches(string allowed, string name) =>
        string.Equals(allowed, name, StringComparison.OrdinalIgnoreCase)
        || (allowed.StartsWith("*.", StringComparison.Ordinal) && name.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase));
}
