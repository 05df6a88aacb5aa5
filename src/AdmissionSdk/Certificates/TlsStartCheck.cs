using System.Net;
using System.Net.Sockets;
using AdmissionSdk.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Certificates;

/// <summary>
/// Finds what would keep the listener from serving and will not mend itself: a missing decision for a certificate, a path that leads nowhere, a file that
/// may not be read, a port that is taken. Before the start, because the host would print a stack trace.
/// </summary>
internal sealed class TlsStartCheck(IOptions<AdmissionTlsOptions> options, IServiceProvider services, IHostEnvironment environment)
{
    /// <summary>The problems, one sentence each. None for a server in memory, which has neither ports nor certificates.</summary>
    public IReadOnlyList<string> FindProblems() =>
        services.GetService<IServer>()?.GetType().Assembly == typeof(KestrelServerOptions).Assembly
            ? [.. FindModeProblems(), .. FindFileProblems(), .. FindPortProblems()]
            : [];

    private IEnumerable<string> FindModeProblems()
    {
        if (options.Value.EffectiveMode == CertificateMode.Managed && !OwnCluster.IsKnown(services))
        {
            yield return $"{SectionNames.Tls}:Mode is Managed, without a cluster: run in a pod with the rbac.yaml that `manifests` writes, register an IKubernetes, or set {SectionNames.Tls}:Mode to Development.";
        }

        // A port of zero is a test's: no Service could name the port. A file for the development certificate asks for one.
        if (options.Value is { Mode: null, CertificatePath: null, DevelopmentCertificatePath: null, Port: not 0 } && !environment.IsDevelopment())
        {
            yield return $"No certificate is configured, and the environment is {environment.EnvironmentName}: set {SectionNames.Tls}:Mode to Managed in a cluster, {SectionNames.Tls}:CertificatePath to the mounted secret's tls.crt, or {SectionNames.Tls}:Mode to Development to serve a development certificate here.";
        }
    }

    private IEnumerable<string> FindFileProblems()
    {
        var tls = options.Value;
        var keyPath = tls.CertificatePath is null ? null : CertificateLoader.KeyPath(tls);
        return
        [
            .. Find(nameof(tls.CertificatePath), tls.CertificatePath, keyPath),
            .. Find(nameof(tls.KeyPath), keyPath, tls.CertificatePath),
            .. Find(nameof(tls.ClientCaPath), tls.ClientCaPath, companion: null),
        ];
    }

    /// <summary>Finds what is wrong with a path. A missing file is not, unless a certificate's directory is full already: the file may be on its way.</summary>
    private static IEnumerable<string> Find(string key, string? path, string? companion)
    {
        if (path is null)
        {
            yield break;
        }

        var full = Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(full) ?? full;
        var name = $"{SectionNames.Tls}:{key} is \"{path}\", and";
        if (Directory.Exists(full))
        {
            yield return $"{name} that is a directory: name the file.";
        }
        else if (!Directory.Exists(directory))
        {
            yield return $"{name} the directory {directory} does not exist: correct the path, or mount the secret there.";
        }
        else if (!File.Exists(full))
        {
            var others = companion is null ? [] : Directory.EnumerateFiles(directory).Where(file => file != Path.GetFullPath(companion))
                .Select(file => Path.GetFileName(file)).Where(file => file[0] != '.').Order(StringComparer.Ordinal).Take(5).ToArray();
            if (others.Length > 0)
            {
                yield return $"{name} that file does not exist; beside it there are {string.Join(", ", others)}: correct the path.";
            }
        }
        else if (!IsReadable(full))
        {
            yield return $"{name} this user may not read that file: change its owner or mode, or set fsGroup in the pod's securityContext.";
        }
    }

    private static bool IsReadable(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            // Replaced at this very moment.
            return true;
        }
    }

    private IEnumerable<string> FindPortProblems()
    {
        var port = options.Value.Port;
        IPAddress any = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        if (Find(new IPEndPoint(any, port)) is { } problem)
        {
            yield return $"Port {port} {problem}: stop the other process, or set {SectionNames.Tls}:Port to another port.";
        }

        foreach (var address in ConfiguredAddress.ReadAll(services.GetRequiredService<IConfiguration>()))
        {
            if (address.Port != port && address.EndPoint is { } endPoint && Find(endPoint) is { } taken)
            {
                yield return $"Port {address.Port} of the configured address {address.Text} {taken}: stop the other process, or change ASPNETCORE_URLS or ASPNETCORE_HTTP_PORTS.";
            }
        }
    }

    private static string? Find(IPEndPoint endPoint)
    {
        if (endPoint.Port == 0)
        {
            return null;
        }

        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "is in use",
                SocketError.AccessDenied => "may not be opened by this user (ports below 1024 need a right)",
                _ => null,
            };
        }
    }
}
