using System.Net;
using k8s;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>An etcd and a kube-apiserver on this machine, with an administrator and a certificate authority of their own.</summary>
internal sealed class LocalControlPlane : IAsyncDisposable
{
    private const string Etcd = "etcd";
    private const string ApiServer = "kube-apiserver";
    private const string PortTaken = "address already in use";
    private const int Attempts = 3;

    private static readonly IPAddress ServiceAddress = IPAddress.Parse("10.0.0.1");

    private readonly ProcessGuard _guard;
    private readonly ControlPlaneCertificates _certificates;
    private readonly string _logDirectory;
    private readonly Uri _address;

    private LocalControlPlane(ProcessGuard guard, ControlPlaneCertificates certificates, string logDirectory, int port)
    {
        _guard = guard;
        _certificates = certificates;
        _logDirectory = logDirectory;
        _address = new Uri($"https://127.0.0.1:{port}");
        Administrator = ConfigurationFor("admin", ["system:masters"]);
        KubeConfigPath = Path.Combine(guard.Directory, "kubeconfig");
    }

    public KubernetesClientConfiguration Administrator { get; }

    public string KubeConfigPath { get; }

    public static async Task<LocalControlPlane> StartAsync(KubeApiServerOptions options, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new KubeApiServerException(
                $"etcd and kube-apiserver are started on Linux and macOS only; set {ApiServerEnvironment.ExistingClusterVariable}=true to use a cluster.");
        }

        var assets = options.AssetsDirectory ?? throw new KubeApiServerException(
            $"{ApiServerEnvironment.AssetsVariable} is not set: it names the directory that holds etcd and kube-apiserver.");
        if (ApiServerEnvironment.Missing(assets) is { } problem)
        {
            throw new KubeApiServerException(problem);
        }

        // A free port can be taken between the search and the use; trying again is the only help.
        for (var attempt = 1; ; attempt++)
        {
            var plane = await LaunchAsync(assets, options);
            try
            {
                await plane.WaitUntilReadyAsync(options.Timeout, cancellationToken);
                return plane;
            }
            catch (Exception exception)
            {
                var portTaken = exception is KubeApiServerException && plane.ReadLog().Contains(PortTaken, StringComparison.Ordinal);
                await plane.DisposeAsync();
                if (!portTaken || attempt == Attempts)
                {
                    throw;
                }
            }
        }
    }

    public KubernetesClientConfiguration ConfigurationFor(string user, IEnumerable<string> groups)
    {
        var pair = _certificates.IssueClient(user, groups);
        return new KubernetesClientConfiguration
        {
            Host = _address.AbsoluteUri.TrimEnd('/'),
            SslCaCerts = [_certificates.Authority],
            ClientCertificateData = KubeConfigFile.Base64(pair.Public),
            ClientCertificateKeyData = KubeConfigFile.Base64(pair.Private),
            // A proxy of the environment cannot reach this machine's loopback address.
            FirstMessageHandlerSetup = handler => handler.UseProxy = false,
        };
    }

    public string ReadLog(int lines = int.MaxValue) =>
        string.Join('\n', new[] { Etcd, ApiServer }.Select(name => LogTail.Read(LogPath(name), lines)));

    public async ValueTask DisposeAsync()
    {
        await _guard.DisposeAsync();
        _certificates.Dispose();
    }

    private static async Task<LocalControlPlane> LaunchAsync(string assets, KubeApiServerOptions options)
    {
        var guard = ProcessGuard.Start();
        try
        {
            return await LaunchAsync(guard, assets, options);
        }
        catch
        {
            await guard.DisposeAsync();
            throw;
        }
    }

    private static async Task<LocalControlPlane> LaunchAsync(ProcessGuard guard, string assets, KubeApiServerOptions options)
    {
        var ports = FreePort.Find(2);
        var logs = options.LogDirectory is { } kept ? Directory.CreateDirectory(kept).FullName : guard.Directory;
        var plane = new LocalControlPlane(guard, new ControlPlaneCertificates(), logs, ports[1]);
        var etcdAddress = $"http://127.0.0.1:{ports[0]}";

        await guard.RunAsync(Etcd, plane.LogPath(Etcd), ApiServerEnvironment.EtcdPath(assets), EtcdArguments(guard.Directory, etcdAddress));
        var arguments = await plane.ApiServerArgumentsAsync(ports[1], etcdAddress);
        await guard.RunAsync(ApiServer, plane.LogPath(ApiServer), ApiServerEnvironment.ApiServerPath(assets), [.. arguments, .. options.ApiServerArguments]);
        await KubeConfigFile.WriteAsync(plane.KubeConfigPath, plane.Administrator);
        return plane;
    }

    private static string[] EtcdArguments(string directory, string address) =>
    [
        $"--data-dir={Path.Combine(directory, "etcd")}",
        $"--listen-client-urls={address}",
        $"--advertise-client-urls={address}",
        "--listen-peer-urls=http://127.0.0.1:0",
    ];

    // Flags that every kube-apiserver from 1.20 to 1.37 knows.
    private async Task<string[]> ApiServerArgumentsAsync(int port, string etcdAddress)
    {
        var server = _certificates.IssueServer(ServiceAddress);
        var serviceAccounts = ControlPlaneCertificates.CreateServiceAccountKey();
        return
        [
            $"--etcd-servers={etcdAddress}",
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            $"--secure-port={port}",
            // An Endpoints object for the kubernetes service is not made: Endpoints must not hold a loopback address.
            "--endpoint-reconciler-type=none",
            "--service-cluster-ip-range=10.0.0.0/24",
            $"--client-ca-file={await WriteAsync("ca.crt", _certificates.Authority.ExportCertificatePem())}",
            $"--tls-cert-file={await WriteAsync("server.crt", server.Public)}",
            $"--tls-private-key-file={await WriteAsync("server.key", server.Private)}",
            "--service-account-issuer=https://kubernetes.default.svc",
            $"--service-account-key-file={await WriteAsync("service-accounts.pub", serviceAccounts.Public)}",
            $"--service-account-signing-key-file={await WriteAsync("service-accounts.key", serviceAccounts.Private)}",
            "--authorization-mode=RBAC",
            "--allow-privileged=true",
            // The plugin wants a service account for every pod, and a controller that makes service accounts does not run.
            "--disable-admission-plugins=ServiceAccount",
        ];
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_guard.Directory, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private Task WaitUntilReadyAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        Readiness.WaitAsync(Administrator, timeout, Ended, Failure, cancellationToken);

    private void Ended()
    {
        foreach (var name in new[] { Etcd, ApiServer })
        {
            if (_guard.ExitCode(name) is { } code)
            {
                throw new KubeApiServerException(Failure($"{name} ended with exit code {code}"));
            }
        }
    }

    private string Failure(string what) => $"kube-apiserver did not become ready: {what}. The last lines of the logs:\n{ReadLog(20)}";

    private string LogPath(string name) => Path.Combine(_logDirectory, name + ".log");
}
