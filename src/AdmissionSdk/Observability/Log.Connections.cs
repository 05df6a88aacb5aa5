using System.Net;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Observability;

/// <content>Connections, events 4xx.</content>
internal static partial class Log
{
    [LoggerMessage(400, LogLevel.Warning, "The limits on connections were met: {Evicted} connections closed and {Refused} refused since the last such line, and {Address} has the most, {Open}; see AdmissionWebhooks:Connections", EventName = "ConnectionsClosed")]
    public static partial void ConnectionsClosed(this ILogger logger, int evicted, int refused, IPAddress address, int open);
}
