using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Certificates;

/// <summary>One address of the configuration.</summary>
internal sealed record ConfiguredAddress(string Text, BindingAddress Address)
{
    public bool IsHttps => string.Equals(Address.Scheme, "https", StringComparison.OrdinalIgnoreCase);

    public int Port => Address.IsUnixPipe || Address.IsNamedPipe ? -1 : Address.Port;

    /// <summary>The address to bind to; null for a pipe.</summary>
    public IPEndPoint? EndPoint => Port < 0 ? null : new IPEndPoint(
        string.Equals(Address.Host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(Address.Host.Trim('[', ']'), out var address) ? address
        : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any,
        Port);

    /// <summary>Reads ASPNETCORE_URLS, or, without that variable, ASPNETCORE_HTTP_PORTS and ASPNETCORE_HTTPS_PORTS, as the host does.</summary>
    public static IReadOnlyList<ConfiguredAddress> ReadAll(IConfiguration configuration)
    {
        var urls = Split(configuration[WebHostDefaults.ServerUrlsKey]);
        if (urls.Length == 0)
        {
            urls =
            [
                .. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
                .. Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
            ];
        }

        return [.. urls.Select(url => new ConfiguredAddress(url, BindingAddress.Parse(url)))];
    }

    /// <summary>Listens on the address, as Kestrel itself would.</summary>
    public void Listen(KestrelServerOptions kestrel, Action<ListenOptions> configure)
    {
        if (Address.IsUnixPipe)
        {
            kestrel.ListenUnixSocket(Address.UnixPipePath, configure);
        }
        else if (Address.IsNamedPipe)
        {
            kestrel.ListenNamedPipe(Address.NamedPipeName, configure);
        }
        else if (string.Equals(Address.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            kestrel.ListenLocalhost(Address.Port, configure);
        }
        else if (IPAddress.TryParse(Address.Host, out var address))
        {
            kestrel.Listen(address, Address.Port, configure);
        }
        else
        {
            kestrel.ListenAnyIP(Address.Port, configure);
        }
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
