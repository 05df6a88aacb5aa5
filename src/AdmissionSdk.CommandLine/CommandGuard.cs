using System.CommandLine;
using AdmissionSdk.Registration;
using k8s.Autorest;
using k8s.Exceptions;

namespace AdmissionSdk.CommandLine;

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
            catch (Exception exception) when (Describe(exception) is not null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"error: {Describe(exception)}");
                return ExitCodes.Failure;
            }
        });

    private static string? Describe(Exception exception) => exception switch
    {
        CommandException or WebhookRegistrationException or FormatException => exception.Message,
        HttpOperationException http => ApiErrors.Describe(http),
        HttpRequestException http => $"the API server cannot be reached ({OneLine(http.InnerException?.Message ?? http.Message)}): check --kubeconfig and --context, or --server.",
        KubeConfigException or KubernetesClientException => $"the kubeconfig cannot be used ({OneLine(exception.Message)}): pass --kubeconfig FILE, or --server URL with --token-file FILE.",
        TaskCanceledException => "the API server did not answer in time: check --kubeconfig and --context, or --server.",
        IOException or UnauthorizedAccessException => OneLine(exception.Message),
        _ => null,
    };

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
