using System.Net;
using System.Net.Sockets;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Finds TCP ports on 127.0.0.1 that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>Finds several at once, so that they differ. Another process may still take one first; the caller starts again then.</summary>
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
