using System.CommandLine;
using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.Registration;
using k8s.Autorest;
using k8s.Exceptions;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Turns an error from outside the program into one line and an exit code; a defect keeps its stack trace.</summary>
internal static class CommandGuard
{
    /// <summary>Sets a command's action, with the guard around the action.</summary>
    public static void SetGuardedAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("error: interrupted; the printed steps are done.");
                return CommandExitCodes.Failure;
            }
            catch (Exception exception) when (Describe(exception) is not null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"error: {Describe(exception)}");
                return CommandExitCodes.Failure;
            }
        });

    private static string? Describe(Exception exception) => exception switch
    {
        CommandException or WebhookRegistrationException or FormatException => exception.Message,
        OptionsValidationException options => SafeText.JoinLines(string.Join('\n', options.Failures)),
        HttpOperationException http => ApiErrors.Describe(http),
        KubeConfigException or KubernetesClientException => $"the kubeconfig cannot be used ({SafeText.JoinLines(exception.Message)}): pass --kubeconfig FILE, or --server URL with --token-file FILE.",
        OperationCanceledException => "the API server did not respond in time: check --kubeconfig and --context, or --server.",
        IOException or UnauthorizedAccessException => SafeText.JoinLines(exception.Message),
        _ => null,
    };
}
