using System.Net;
using System.Net.Sockets;

namespace AdmissionSdk.Connections;

/// <summary>The connections of one remote address. An IPv6 caller has a network of 64 bits to choose addresses from, so the network counts as one address.</summary>
internal sealed class AddressGroup(IPAddress address)
{
    private const int NetworkBytes = 8;

    public IPAddress Address => address;

    /// <summary>The connections that are not being closed.</summary>
    public int Open { get; set; }

    /// <summary>All sockets, those included that are being closed.</summary>
    public int Sockets { get; set; }

    /// <summary>The address that stands for the remote end; the same for all ends that have none, such as those of Unix sockets.</summary>
    public static IPAddress KeyOf(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address })
        {
            return IPAddress.None;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return new IPAddress(bytes);
    }
}
