using System.Buffers;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>
/// Text from manifests on terminals and in the logs of CI: a line break would begin a line of the author's choice, which GitHub may run as a workflow
/// command; an escape would drive the terminal; a mark for the direction of text would show something other than what is there.
/// </summary>
public static class SafeText
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), .. Enumerable.Range(0x7f, 0x21).Select(code => (char)code), '\u061c', '\u200e', '\u200f', '\u2028', '\u2029', .. "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]);

    /// <summary>The text as one line without anything but text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text; spaces stand for what was taken out.</returns>
    public static string OneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAny(Unsafe) ? string.Concat(text.Select(c => Unsafe.Contains(c) ? ' ' : c)) : text;
    }

    /// <summary>The text as a whole line of a log, which GitHub does not take for a command (<c>::name::</c>, <c>##[name]</c>) because a file is called so.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The line.</returns>
    public static string LogLine(string text)
    {
        var line = OneLine(text);
        var start = line.AsSpan().TrimStart();
        return start.StartsWith("::") || start.StartsWith("##[") ? "./" + line : line;
    }
}
