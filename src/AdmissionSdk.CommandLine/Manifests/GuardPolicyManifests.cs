using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Makes the files of guard policies, with the comments that say where the policy differs from the webhook.</summary>
internal static class GuardPolicyManifests
{
    public const string FileName = "guard-policy.yaml";

    private const string StaticDirectory = "validating-policies";
    private const string PartialStart = "The guard is partial: ";

    /// <summary>Makes the file of all policies and bindings; null without any.</summary>
    public static ManifestFile? Create(ManifestContext context)
    {
        var created = GuardPolicies.Create(context.Registry, context.Target);
        return created.Count == 0 ? null
            : new ManifestFile(FileName, [.. GuardPolicies.Objects(context.Registry, context.Target).Select(Installation.Json)])
            {
                Comments = [.. Partial(created.Select(item => item.Webhook)), .. created.SelectMany(item => Notes(item.Webhook))],
            };
    }

    /// <summary>Makes a file for each object, for the directory of the API server's plugin of policies (contract 18.1).</summary>
    public static IEnumerable<ManifestFile> CreateStatic(ManifestContext context) =>
        GuardPolicies.Create(context.Registry, context.Target).SelectMany(item => (ManifestFile[])
        [
            new($"{StaticDirectory}/{item.Webhook.Name}.policy.yaml", [Installation.Json(item.Policy)]) { Comments = [.. Partial([item.Webhook]), .. Notes(item.Webhook)] },
            new($"{StaticDirectory}/{item.Webhook.Name}.binding.yaml", [Installation.Json(item.Binding)]),
        ]);

    /// <summary>True for the comment that must stay the first line of a file.</summary>
    public static bool IsPartialLine(string text) => text.StartsWith("# " + PartialStart, StringComparison.Ordinal);

    // One line, the first of the file: nobody must take a partial guard for a whole one.
    private static IEnumerable<string> Partial(IEnumerable<WebhookDescriptor> webhooks)
    {
        var reasons = webhooks.Where(webhook => webhook.GuardPolicy!.PartialReason is not null).Select(webhook => $"{webhook.Name}: {webhook.GuardPolicy!.PartialReason}").ToList();
        return reasons.Count == 0 ? [] : [PartialStart + SafeText.ToLine(string.Join("; ", reasons))];
    }

    private static IEnumerable<string> Notes(WebhookDescriptor webhook) =>
        webhook.GuardPolicy!.Notes.Select(note => SafeText.ToLine($"{webhook.Name}: {note}"));
}
