using System.Net.Sockets;
using System.Security.Authentication;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>The ways in which a connection ends before its time.</summary>
internal static class Broken
{
    public static bool Is(Exception exception) =>
        exception is IOException or SocketException or AuthenticationException or OperationCanceledException or InvalidOperationException or IndexOutOfRangeException;
}
