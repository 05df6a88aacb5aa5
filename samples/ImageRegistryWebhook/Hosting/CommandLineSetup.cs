using AdmissionSdk.CommandLine;
using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Reloading;

namespace ImageRegistryWebhook.Hosting;

/// <summary>Adds the commands, the policy and the settings of this webhook to the SDK's command line.</summary>
internal static class CommandLineSetup
{
    public static void AddImageRegistryWebhook(this AdmissionCommandLine commandLine)
    {
        // For --help only: Program runs these commands without a host.
        foreach (var command in ImageCommandLine.Create())
        {
            commandLine.Add(command);
        }

        foreach (var setting in new[] { WebhookSetup.PortSetting, WebhookSetup.WorkloadsSetting, nameof(PolicyOptions.PolicyFile), nameof(PolicyOptions.PolicyPollInterval) })
        {
            commandLine.AllowSetting(setting);
        }

        commandLine.Deployment.Image = "registry.example.com/image-registry-webhook:1.0";
        PolicyConfigMap.AddTo(commandLine);
        DeploymentSettings.AddTo(commandLine);
    }
}
