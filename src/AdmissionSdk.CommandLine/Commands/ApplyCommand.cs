using System.CommandLine;
using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Conditions;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.Manifests;
using k8s;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Puts the webhook configurations into a cluster.</summary>
internal static class ApplyCommand
{
    public static Command Create(CommandContext context)
    {
        var (target, clusterOptions) = (new TargetOptions(), new ClusterOptions());
        var dryRun = new Option<bool>("--dry-run") { Description = "Ask the API server for the outcome, and change nothing." };
        var prune = new Option<bool>("--prune") { Description = "Also remove this application's configurations and guard policies, and webhooks in them, that the code does not have." };
        var command = new Command(
            "apply",
            "Makes the cluster's webhook configurations and guard policies the same as in the code, by server-side apply as field manager 'admission-sdk'. Fields that the code does not name, such as a CA bundle from cert-manager, stay unchanged. A second run changes nothing.");
        command.Add(dryRun);
        command.Add(prune);
        target.AddTo(command);
        clusterOptions.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var options = target.Read(parsed, context);
            var prunes = parsed.GetValue(prune);
            var registry = context.GetRegistry(mayBeEmpty: prunes);
            using var client = clusterOptions.Connect(parsed);
            var remedy = "pass --ca-file FILE, or --certificates certManager";
            if (target.ReadCertificates(parsed, context, options) == CertificateSource.Managed)
            {
                (options, remedy) = await ManagedBundle.AddAsync(client, options, ManifestContextFactory.ReadManagedSecret(context.Services, options), cancellationToken);
            }

            CommandException.ThrowIfAny([.. GuardPolicies.Validate(registry, options).Concat(GuardPolicyJudge.FindProblems(registry, options))]);
            var wanted = WebhookConfigurations.Create(registry, options);
            var cluster = new ClusterConfigurations(client);
            var isDryRun = parsed.GetValue(dryRun);
            var applier = new Applier(cluster, options, isDryRun, remedy);
            var output = parsed.InvocationConfiguration.Output;

            // Policies first: a guard that becomes Ignore is never without its policy.
            var policies = new PolicyApplier(new ClusterPolicies(client), options, isDryRun);
            await WriteAsync(output, await policies.ApplyAsync(registry, cancellationToken), isDryRun);
            foreach (var configuration in wanted)
            {
                var outcome = await applier.ApplyAsync(configuration, cancellationToken);
                await WriteAsync(output, [$"{configuration.Kind}/{configuration.Metadata.Name} {outcome}"], isDryRun);
            }

            if (prunes)
            {
                await WriteAsync(output, await new Pruner(cluster, applier, options, isDryRun).PruneAsync(wanted, cancellationToken), isDryRun);
                await WriteAsync(output, await policies.PruneAsync(registry, cancellationToken), isDryRun);
            }

            if (wanted.SelectMany(WebhookList.Read).Any(webhook => webhook is { FailurePolicy: nameof(FailurePolicy.Fail), ClientConfig.Service: not null }))
            {
                await WarnOfServiceAsync(client, options, parsed.InvocationConfiguration.Error, cancellationToken);
            }

            return CommandExitCodes.Success;
        });
        return command;
    }

    private static async Task WriteAsync(TextWriter output, IEnumerable<string> lines, bool isDryRun)
    {
        foreach (var line in lines)
        {
            await output.WriteLineAsync($"{line}{(isDryRun ? " (dry run)" : "")}");
        }
    }

    private static async Task WarnOfServiceAsync(IKubernetes client, ManifestOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        if (await new ServiceReader(client).ReadAsync(options, cancellationToken) is { IsWell: false, IsUnknown: false } service)
        {
            await error.WriteLineAsync($"warning: {service.Text}: until a pod is ready, every request that matches a webhook that fails closed is refused.");
        }
    }
}
