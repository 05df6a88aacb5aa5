using System.Diagnostics.CodeAnalysis;
using AdmissionSdk.Quoting;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>
/// Cleans text that others wrote for terminals and for the logs of CI. A line break would begin a line of the author's choice, which GitHub may run as
/// a workflow command; an escape would drive the terminal; a mark for the direction of text would show other words than the text has.
/// </summary>
[Experimental("ADMEXP001")]
public static class SafeText
{
    /// <summary>Makes one line of a text. Characters that nobody can see are written as Kubernetes shows them, such as <c>\n</c> and <c>\u202e</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The line.</returns>
    public static string ToLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ShownText.ToLine(text);
    }

    /// <summary>Quotes a value that others wrote, as Kubernetes does (<c>%q</c>), so that no part of the value passes for the text around it.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value in quotes, in one line.</returns>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return ShownText.Quote(value);
    }

    /// <summary>Makes a whole line of a log, which GitHub does not take for a command (<c>::name::</c>, <c>##[name]</c>) even if a file has such a name.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The line.</returns>
    public static string ToLogLine(string text)
    {
        var line = ToLine(text);
        var start = line.AsSpan().TrimStart();
        return start.StartsWith("::") || start.StartsWith("##[") ? "./" + line : line;
    }

    /// <summary>Makes one line of a message with several, without the spaces around each.</summary>
    internal static string JoinLines(string text) => ToLine(string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
}
