using AdmissionSdk.CommandLine;
using AdmissionSdk.Registration;
using ImageRegistryWebhook.Guarding;
using ImageRegistryWebhook.Reloading;
using Microsoft.Extensions.Configuration.Memory;

namespace ImageRegistryWebhook.Hosting;

/// <summary>The guard policy of the policy file, made when a command needs it.</summary>
internal static class ImageGuardPolicy
{
    private const string Switch = "AdmissionWebhooks:Manifests:GuardPolicies";

    /// <summary>Leaves the policy out unless asked for: while the webhook is down, it also refuses images that the webhook would have rewritten.</summary>
    public static void SetDefault(IConfigurationBuilder configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new(Switch, "false")] });

    /// <summary>Adds the expressions of the policy file.</summary>
    public static void Add(PolicyFile file, GuardPolicyBuilder guard)
    {
        // Another reader: the watcher compares with the texts that the first one has read.
        var load = new PolicyFile(file.Path).Load();
        if (load.Engine is not { } engine)
        {
            throw new CommandException(load.Errors[0]);
        }

        GuardGenerator.Generate(engine.Policy).AddTo(guard);
    }
}
