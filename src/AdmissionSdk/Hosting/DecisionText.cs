using AdmissionSdk.Contexts;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Quoting;

namespace AdmissionSdk.Hosting;

/// <summary>
/// Puts into words what a user read, for the log line of the decision: the message, the causes and the warnings. Bounded, and without characters that
/// nobody can see: an object's author chooses much of it.
/// </summary>
internal static class DecisionText
{
    /// <summary>The most causes, and the most warnings, of a line.</summary>
    public const int Most = 8;

    /// <summary>The most characters of the whole text.</summary>
    public const int Longest = 2048;

    /// <summary>Describes an outcome; empty if there is nothing to say.</summary>
    public static string Of(ReviewOutcome outcome)
    {
        var response = outcome.Response;
        var message = outcome.UnenforcedMessage ?? (response.Decision == AdmissionDecision.Deny && outcome.Failure == Observability.FailureKind.None ? response.Message : null);
        if (message is null && response.Warnings.Count == 0)
        {
            return "";
        }

        // The message of a denial by causes has the causes in it.
        string[] causes = [.. response.Causes.Where(cause => message?.Contains(cause.Message, StringComparison.Ordinal) != true).Take(Most + 1).Select(cause => $"{cause.Field}: {cause.Message}")];
        string[] warnings = [.. response.Warnings.Where(warning => !IsOurs(warning, outcome)).Take(Most + 1)];
        return ShownText.ToLine($"{(message is null ? "" : $": {message}")}{List("causes", causes)}{List("warned", warnings)}", Longest);
    }

    private static string List(string title, string[] items) =>
        items.Length == 0 ? "" : $"; {title}: {string.Join(" | ", items.Take(Most))}{(items.Length > Most ? " | …" : "")}";

    // Warn mode and AllowWithWarning make a warning of what the line says already.
    private static bool IsOurs(string warning, ReviewOutcome outcome) =>
        (outcome.UnenforcedMessage is { } text && warning == WarningText.Clean(text))
        || (outcome.FailureDetail is { } detail && warning.Contains(WarningText.Clean(detail), StringComparison.Ordinal));
}
