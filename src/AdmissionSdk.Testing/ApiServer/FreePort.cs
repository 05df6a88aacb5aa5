using System.Net;
using System.Net.Sockets;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Finds free TCP ports on 127.0.0.1.</summary>
internal static class FreePort
{
    /// <summary>Finds several ports at once, so that the ports differ. If another process takes a port first, the caller starts again.</summary>
    public static int[] Find(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            return [.. listeners.Select(listener =>
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            })];
        }
        finally
        {
            foreach (var listener in listeners)
            {
                listener.Dispose();
            }
        }
    }
}
