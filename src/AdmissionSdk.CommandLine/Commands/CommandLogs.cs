using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Keeps the handlers' logs out of a command's result.</summary>
internal static class CommandLogs
{
    /// <summary>Sends logs to standard error, since standard output is for the report or the manifests.</summary>
    public static void SendToStandardError(IServiceProvider services)
    {
        if (services.GetService<IOptionsMonitor<ConsoleLoggerOptions>>()?.CurrentValue is { } console)
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        }
    }
}
