using System.CommandLine;
using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.Registration;
using Microsoft.Extensions.Options;
using k8s.Autorest;
using k8s.Exceptions;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Turns what can go wrong outside the program into one line and an exit code; whatever is a defect keeps its stack trace.</summary>
internal static class CommandGuard
{
    /// <summary>Sets a command's action, guarded.</summary>
    public static void SetGuardedAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("error: interrupted; what was printed so far is done.");
                return ExitCodes.Failure;
            }
            catch (Exception exception) when (Describe(exception) is not null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"error: {Describe(exception)}");
                return ExitCodes.Failure;
            }
        });

    private static string? Describe(Exception exception) => exception switch
    {
        CommandException or WebhookRegistrationException or FormatException => exception.Message,
        OptionsValidationException options => SafeText.JoinLines(string.Join('\n', options.Failures)),
        HttpOperationException http => ApiErrors.Describe(http),
        KubeConfigException or KubernetesClientException => $"the kubeconfig cannot be used ({SafeText.JoinLines(exception.Message)}): pass --kubeconfig FILE, or --server URL with --token-file FILE.",
        OperationCanceledException => "the API server did not answer in time: check --kubeconfig and --context, or --server.",
        IOException or UnauthorizedAccessException => SafeText.JoinLines(exception.Message),
        _ => null,
    };
}
