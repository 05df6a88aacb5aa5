using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>A result of a check at a place in a file.</summary>
[Experimental("ADMEXP001")]
public sealed class Finding
{
    /// <summary>The rule of a finding about input that could not be read or judged.</summary>
    public const string UnreadableRule = "unreadable";

    /// <summary>The file, by the name that the user gave.</summary>
    public required string File { get; init; }

    /// <summary>The line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The column, from 1.</summary>
    public required int Column { get; init; }

    /// <summary>The severity.</summary>
    public required FindingLevel Level { get; init; }

    /// <summary>The result in one word, such as <c>deny</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The name of the rule or webhook that decided.</summary>
    public required string Rule { get; init; }

    /// <summary>The thing that was judged, such as <c>Pod web/app spec.containers[0].image</c>; empty for the whole file.</summary>
    public string Subject { get; init => field = SafeText.ToLine(value); } = "";

    /// <summary>The reason, in one line: characters that nobody can see are quoted, whatever the report.</summary>
    public required string Message { get; init => field = SafeText.ToLine(value); }

    /// <summary>The rule's explanation; null if a report has nothing to add to the rule's name.</summary>
    internal ReportRule? Explanation { get; init; }

    /// <summary>The message, with the fix if there is one.</summary>
    internal string Advice => Explanation is null ? Message : $"{Message} Fix: {Explanation.Fix}";

    /// <summary>Subject and advice.</summary>
    internal string Text => Subject.Length == 0 ? Advice : $"{Subject}: {Advice}";

    /// <summary>True if the file is relative to the root of the repository and not to the working directory.</summary>
    internal bool IsFromRoot { get; init; }

    /// <summary>True if the finding was written to standard error already.</summary>
    internal bool IsOnStandardError { get; init; }

    /// <summary>True if an earlier finding already counted the same subject.</summary>
    internal bool IsFurther { get; set; }

    /// <summary>Makes a finding about the input itself.</summary>
    internal static Finding CreateForInput(string file, int line, int column, FindingLevel level, string rule, string message) => new()
    {
        File = file,
        Line = Math.Max(1, line),
        Column = Math.Max(1, column),
        Level = level,
        Verdict = level.ToString().ToLowerInvariant(),
        Rule = rule,
        Message = message,
        IsOnStandardError = true,
    };
}
