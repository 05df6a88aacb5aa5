using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AdmissionSdk.Certificates;

/// <summary>One address of the configuration.</summary>
internal sealed record ConfiguredAddress(string Text, BindingAddress Address)
{
    public bool IsHttps => string.Equals(Address.Scheme, "https", StringComparison.OrdinalIgnoreCase);

    public int Port => Address.IsUnixPipe || Address.IsNamedPipe ? -1 : Address.Port;

    /// <summary>Listens there, as Kestrel itself would.</summary>
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
}
