using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using AdmissionSdk.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Linting;

/// <summary>Finds registrations of webhooks that can hurt a cluster. Runs at start, on the command line, and in tests.</summary>
public static class AdmissionLint
{
    /// <summary>All rules, by id.</summary>
    public static IReadOnlyList<LintRule> Rules { get; } =
    [
        .. LockoutRules.All.Concat(BypassRules.All).Concat(DoorRules.All).Concat(CallRules.All).Concat(ConditionRules.All).Concat(GuardRules.All).Concat(TypeRules.All)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>Checks the webhooks of an application.</summary>
    /// <param name="services">The services of an application that called <c>AddAdmissionWebhooks()</c>; it need not be started.</param>
    /// <returns>The findings, the worst first, without those that a webhook accepts (<c>AcceptLint</c>).</returns>
    public static IReadOnlyList<LintFinding> Run(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var name = services.GetService<IHostEnvironment>()?.ApplicationName ?? "app";
        var target = services.GetService<IConfiguration>() is { } configuration
            ? ManifestOptions.FromConfiguration(configuration, name)
            : new ManifestOptions { App = "app" };
        return Run(services.GetRequiredService<WebhookRegistry>(), target);
    }

    /// <summary>Checks webhooks.</summary>
    /// <param name="registry">The webhooks.</param>
    /// <param name="target">The cluster and the namespace to check for; null for the defaults.</param>
    /// <returns>The findings, the worst first, without those that a webhook accepts (<c>AcceptLint</c>).</returns>
    public static IReadOnlyList<LintFinding> Run(WebhookRegistry registry, ManifestOptions? target = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var json = ObjectJson.CreateOptions(registry.Options.JsonTypeInfoResolver, registry.Options.MaxObjectDepth);
        var context = new LintContext(registry.Webhooks, target ?? new ManifestOptions { App = "app" }, json) { Judge = registry.ConditionJudge };
        return
        [
            .. Rules.SelectMany(rule => rule.Check(context).Select(found => new LintFinding(rule, found.Webhook, found.Message)))
                .Where(finding => !IsAccepted(finding, registry))
                .OrderByDescending(finding => finding.Rule.Severity)
                .ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal),
        ];
    }

    // A finding about all webhooks is accepted if every webhook accepts that finding.
    private static bool IsAccepted(LintFinding finding, WebhookRegistry registry) =>
        registry.Webhooks.Where(webhook => finding.Webhook is null || webhook.Name == finding.Webhook)
            .All(webhook => webhook.AcceptedFindings.ContainsKey(finding.Rule.Id));
}
