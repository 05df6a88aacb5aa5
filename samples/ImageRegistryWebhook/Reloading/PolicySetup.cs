using ImageRegistryWebhook.Observability;

namespace ImageRegistryWebhook.Reloading;

/// <summary>Wires the policy in force.</summary>
internal static class PolicySetup
{
    // The tag of health checks that the SDK's /readyz asks.
    private const string ReadyTag = "admission-ready";

    /// <summary>Reads the policy, and adds what keeps it up to date. A policy with errors ends the start of the host, and not that of its other commands.</summary>
    /// <returns>Whether its decisions depend on the labels of namespaces.</returns>
    public static bool AddPolicy(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PolicyOptions>().Bind(builder.Configuration)
            .Validate(options => options.PolicyPollInterval > TimeSpan.Zero, "PolicyPollInterval must be longer than zero.").ValidateOnStart();
        var file = new PolicyFile((builder.Configuration.Get<PolicyOptions>() ?? new()).PolicyFile);
        var first = file.Load();
        var needsNamespaces = first.Engine?.NeedsNamespaceLabels == true;
        builder.Services.AddSingleton(file);
        builder.Services.AddSingleton<WebhookMetrics>();
        builder.Services.AddSingleton(provider => new LivePolicy(
            file, first, needsNamespaces, provider.GetRequiredService<WebhookMetrics>(), provider.GetRequiredService<ILogger<LivePolicy>>()));
        builder.Services.AddHostedService<PolicyWatcher>();
        builder.Services.AddHealthChecks().AddCheck<PolicyHealthCheck>("policy", tags: [ReadyTag]);
        return needsNamespaces;
    }
}
