using AdmissionSdk.CommandLine;
using AdmissionSdk.Registration;
using ImageRegistryWebhook.Guarding;
using ImageRegistryWebhook.Reloading;

namespace ImageRegistryWebhook.Hosting;

/// <summary>The guard policy of the policy file, made when a command needs it.</summary>
internal static class ImageGuardPolicy
{
    public static void Add(PolicyFile file, GuardPolicyBuilder guard)
    {
        var load = file.Load();
        if (load.Engine is not { } engine)
        {
            throw new CommandException(load.Errors[0]);
        }

        GuardGenerator.Generate(engine.Policy).AddTo(guard);
    }
}
