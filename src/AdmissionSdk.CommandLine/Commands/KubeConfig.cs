using AdmissionSdk.CommandLine.Reports;
using k8s;
using k8s.KubeConfigModels;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>
/// Finds the cluster: in the file of the option, else in $KUBECONFIG, whose files are merged as in kubectl, else by the pod's service account, else in
/// ~/.kube/config. KubernetesClient's own search ignores $KUBECONFIG if a context is named.
/// </summary>
internal static class KubeConfig
{
    private const string Variable = "KUBECONFIG";

    public static KubernetesClientConfiguration Read(string? file, string? context)
    {
        var variable = Environment.GetEnvironmentVariable(Variable);
        try
        {
            return file is not null ? KubernetesClientConfiguration.BuildConfigFromConfigFile(file, context)
                : !string.IsNullOrWhiteSpace(variable) ? Merge(variable, context)
                : context is null && KubernetesClientConfiguration.IsInCluster() ? KubernetesClientConfiguration.InClusterConfig()
                : KubernetesClientConfiguration.BuildConfigFromConfigFile((string?)null, context);
        }
        catch (TypeInitializationException exception)
        {
            // KubernetesClient reads kubeconfig files by reflection, which NativeAOT lacks.
            throw new CommandException("kubeconfig files cannot be read by a NativeAOT program: pass --server URL with --token-file FILE, or run it in the cluster.", exception);
        }
        catch (Exception exception) when (exception is not CommandException)
        {
            // KubernetesClient throws exceptions of any type for a broken kubeconfig.
            var reason = exception is NullReferenceException ? "the file is empty or incomplete" : SafeText.JoinLines(exception.Message);
            throw new CommandException($"the kubeconfig cannot be used ({reason}): pass --kubeconfig FILE, or --server URL with --token-file FILE.", exception);
        }
    }

    private static KubernetesClientConfiguration Merge(string variable, string? context)
    {
        // A missing file of the list is left out, as in kubectl.
        List<K8SConfiguration> all =
        [
            .. variable.Split(Path.PathSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(path => new FileInfo(path)).Where(file => file.Exists).Select(Load),
        ];
        return all.Count == 0
            ? throw new CommandException($"none of the files in {Variable} exists ({variable}): correct the variable, or pass --kubeconfig FILE.")
            : KubernetesClientConfiguration.BuildConfigFromConfigObject(
                new K8SConfiguration
                {
                    // The first file with a current context wins.
                    CurrentContext = all.Select(item => item.CurrentContext).FirstOrDefault(name => !string.IsNullOrEmpty(name)),
                    Contexts = [.. all.SelectMany(item => item.Contexts ?? [])],
                    Clusters = [.. all.SelectMany(item => item.Clusters ?? [])],
                    Users = [.. all.SelectMany(item => item.Users ?? [])],
                },
                context);
    }

    // Paths are relative to their kubeconfig, and the merge forgets the files.
    private static K8SConfiguration Load(FileInfo file)
    {
        var config = KubernetesClientConfiguration.LoadKubeConfig(file);
        foreach (var cluster in (config.Clusters ?? []).Select(item => item.ClusterEndpoint).Where(item => item is not null))
        {
            cluster.CertificateAuthority = Absolute(cluster.CertificateAuthority);
        }

        foreach (var user in (config.Users ?? []).Select(item => item.UserCredentials).Where(item => item is not null))
        {
            user.ClientCertificate = Absolute(user.ClientCertificate);
            user.ClientKey = Absolute(user.ClientKey);
        }

        return config;

        string? Absolute(string? path) => string.IsNullOrEmpty(path) ? path : Path.GetFullPath(path, file.DirectoryName!);
    }
}
