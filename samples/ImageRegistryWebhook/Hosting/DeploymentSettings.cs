using AdmissionSdk.CommandLine;
using ImageRegistryWebhook.Registries;
using k8s.Models;

namespace ImageRegistryWebhook.Hosting;

/// <summary>
/// Copies the settings of the run of <c>manifests</c> to the pods. The pods must serve every path that the written configurations register, or the API
/// server fails the requests.
/// </summary>
internal static class DeploymentSettings
{
    private const string Credentials = "registry-credentials";
    private const string MountPath = "/" + Credentials;
    private const string File = ".dockerconfigjson";

    private static readonly string[] Carried = ["PolicyPollInterval", RegistryLookupOptions.Section, "Workloads"];

    public static void AddTo(AdmissionCommandLine commandLine)
    {
        var settings = Read(commandLine.Services.GetRequiredService<IConfiguration>());
        settings.Remove(RegistryLookupOptions.CredentialsSecretKey, out var secret);
        commandLine.EditDeployment(deployment =>
        {
            var pod = deployment.Spec.Template.Spec;
            var container = pod.Containers[0];
            if (secret is { Length: > 0 })
            {
                var items = new V1KeyToPath { Key = File, Path = File };
                pod.Volumes.Add(new V1Volume { Name = Credentials, Secret = new V1SecretVolumeSource { SecretName = secret, Items = [items] } });
                container.VolumeMounts.Add(new V1VolumeMount { Name = Credentials, MountPath = MountPath, ReadOnlyProperty = true });
                settings[RegistryLookupOptions.CredentialsFileKey] = $"{MountPath}/{File}";
            }
            else if (settings.ContainsKey(RegistryLookupOptions.CredentialsFileKey))
            {
                throw new CommandException(
                    $"{RegistryLookupOptions.CredentialsFileKey} is a file of this machine, and pods that cannot read it do not start; name a Secret in {RegistryLookupOptions.CredentialsSecretKey}.");
            }

            foreach (var (key, value) in settings)
            {
                container.Env.Add(new V1EnvVar { Name = key.Replace(":", "__", StringComparison.Ordinal), Value = value });
            }
        });
    }

    private static SortedDictionary<string, string> Read(IConfiguration configuration)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in Carried.SelectMany(key => configuration.GetSection(key).AsEnumerable()))
        {
            if (value is not null)
            {
                settings[key] = value;
            }
        }

        return settings;
    }
}
