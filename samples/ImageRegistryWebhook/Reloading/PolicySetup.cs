using ImageRegistryWebhook.Observability;

namespace ImageRegistryWebhook.Reloading;

/// <summary>Registers the policy in force.</summary>
internal static class PolicySetup
{
    // The tag of health checks that run for the SDK's /readyz.
    private const string ReadyTag = "admission-ready";

    /// <summary>Reads the policy and adds the services that reload it. A policy with errors stops the start of the server, but not other commands.</summary>
    /// <returns>The policy file, and true if decisions depend on the labels of namespaces.</returns>
    public static (PolicyFile File, bool NeedsNamespaces) AddPolicy(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PolicyOptions>().Bind(builder.Configuration)
            .Validate(options => options.PolicyPollInterval > TimeSpan.Zero, "PolicyPollInterval must be longer than zero, such as 00:00:10.").ValidateOnStart();
        var file = new PolicyFile((builder.Configuration.Get<PolicyOptions>() ?? new()).PolicyFile);
        var first = file.Load();
        var needsNamespaces = first.Engine?.NeedsNamespaceLabels == true;
        builder.Services.AddSingleton(file);
        builder.Services.AddSingleton<WebhookMetrics>();
        builder.Services.AddSingleton(provider => new LivePolicy(
            file, first, needsNamespaces, provider.GetRequiredService<WebhookMetrics>(), provider.GetRequiredService<ILogger<LivePolicy>>()));
        builder.Services.AddHostedService<PolicyWatcher>();
        builder.Services.AddHealthChecks().AddCheck<PolicyHealthCheck>("policy", tags: [ReadyTag]);
        return (file, needsNamespaces);
    }
}
