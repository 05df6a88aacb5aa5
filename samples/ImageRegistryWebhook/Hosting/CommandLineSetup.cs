using AdmissionSdk.CommandLine;
using ImageRegistryWebhook.Commands;

namespace ImageRegistryWebhook.Hosting;

/// <summary>What this webhook adds to the command line of every webhook host.</summary>
internal static class CommandLineSetup
{
    public static void AddImageRegistryWebhook(this AdmissionCommandLine commandLine)
    {
        // Here for --help: Program runs them before there is a host.
        foreach (var command in ImageCommandLine.Create())
        {
            commandLine.Add(command);
        }

        commandLine.Deployment.Image = "registry.example.com/image-registry-webhook:1.0";
        PolicyConfigMap.AddTo(commandLine);
        DeploymentSettings.AddTo(commandLine);
    }
}
