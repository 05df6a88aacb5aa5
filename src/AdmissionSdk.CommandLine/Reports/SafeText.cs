using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>
/// Cleans text that others wrote for terminals and for the logs of CI. A line break would begin a line of the author's choice, which GitHub may run as
/// a workflow command; an escape would drive the terminal; a mark for the direction of text would show other words than the text has.
/// </summary>
[Experimental("ADMEXP001")]
public static class SafeText
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), .. Enumerable.Range(0x7f, 0x21).Select(code => (char)code), '\u061c', '\u200e', '\u200f', '\u2028', '\u2029', .. "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]);

    /// <summary>Makes one line of a text, without control characters.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The line, with a space for each character that was taken out.</returns>
    public static string ToLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAny(Unsafe) ? string.Concat(text.Select(c => Unsafe.Contains(c) ? ' ' : c)) : text;
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
