using System.CommandLine;
using k8s;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>The options that say which cluster.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _kubeConfig = new("--kubeconfig") { Description = "The kubeconfig file. Default: the service account inside a cluster, else $KUBECONFIG or ~/.kube/config.", HelpName = "FILE" };
    private readonly Option<string?> _context = new("--context") { Description = "The kubeconfig's context. Default: its current one.", HelpName = "NAME" };
    private readonly Option<string?> _server = new("--server") { Description = "The API server, without a kubeconfig.", HelpName = "URL" };
    private readonly Option<FileInfo?> _token = new("--token-file") { Description = "A file with the bearer token for --server.", HelpName = "FILE" };
    private readonly Option<FileInfo?> _serverCa = new("--server-ca") { Description = "PEM certificates to trust for --server. Default: the system's.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _kubeConfig, _context, _server, _token, _serverCa })
        {
            command.Add(option);
        }
    }

    public IKubernetes Connect(ParseResult parsed) => new Kubernetes(Configuration(parsed));

    private KubernetesClientConfiguration Configuration(ParseResult parsed)
    {
        if (parsed.GetValue(_server) is { } server)
        {
            var configuration = new KubernetesClientConfiguration
            {
                Host = server,
                AccessToken = parsed.GetValue(_token) is { } token ? File.ReadAllText(token.FullName).Trim() : null,
            };
            if (parsed.GetValue(_serverCa) is { } ca)
            {
                configuration.SslCaCerts = [];
                configuration.SslCaCerts.ImportFromPemFile(ca.FullName);
            }

            return configuration;
        }

        try
        {
            return parsed.GetValue(_kubeConfig) is null && parsed.GetValue(_context) is null && KubernetesClientConfiguration.IsInCluster()
                ? KubernetesClientConfiguration.InClusterConfig()
                : KubernetesClientConfiguration.BuildConfigFromConfigFile(parsed.GetValue(_kubeConfig), parsed.GetValue(_context));
        }
        catch (TypeInitializationException exception)
        {
            // KubernetesClient reads kubeconfig files by reflection, which NativeAOT does not have.
            throw new CommandException("kubeconfig files cannot be read by a NativeAOT program: pass --server URL with --token-file FILE, or run it in the cluster.", exception);
        }
    }
}
