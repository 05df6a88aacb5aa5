using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Reports;
using k8s;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>The options that choose the cluster.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _kubeConfig = new("--kubeconfig") { Description = "The kubeconfig file. Default: $KUBECONFIG, else the service account in a pod, else ~/.kube/config.", HelpName = "FILE" };
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

    public IKubernetes Connect(ParseResult parsed) => new Kubernetes(
        parsed.GetValue(_server) is { } server ? Server(parsed, server) : KubeConfig.Read(parsed.GetValue(_kubeConfig), parsed.GetValue(_context)),
        new UnreachableServer());

    private KubernetesClientConfiguration Server(ParseResult parsed, string server)
    {
        var configuration = new KubernetesClientConfiguration
        {
            Host = server,
            AccessToken = parsed.GetValue(_token) is { } token ? File.ReadAllText(token.FullName).Trim() : null,
        };
        if (parsed.GetValue(_serverCa) is { } ca)
        {
            configuration.SslCaCerts = Certificates(ca);
        }

        return configuration;
    }

    private static X509Certificate2Collection Certificates(FileInfo file)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPemFile(file.FullName);
        }
        catch (CryptographicException exception)
        {
            throw new CommandException($"--server-ca {file} holds something else than certificates ({SafeText.JoinLines(exception.Message)}): pass a file of PEM certificates.", exception);
        }

        return certificates.Count > 0 ? certificates : throw new CommandException($"--server-ca {file} holds no certificate: pass a file of PEM certificates.");
    }
}
