namespace AdmissionSdk.CommandLine.Reports;

/// <summary>What was found at a place of a manifest.</summary>
public sealed class Finding
{
    /// <summary>The rule of a finding about input that could not be read or judged.</summary>
    public const string UnreadableRule = "unreadable";

    /// <summary>The file, as it was named.</summary>
    public required string File { get; init; }

    /// <summary>The line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The column, from 1.</summary>
    public required int Column { get; init; }

    /// <summary>How bad it is.</summary>
    public required FindingLevel Level { get; init; }

    /// <summary>One word for what comes of it, such as <c>deny</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>What decided: a rule, or a webhook.</summary>
    public required string Rule { get; init; }

    /// <summary>What it is about, such as <c>Pod web/app spec.containers[0].image</c>; empty for the whole file.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Why, in one line.</summary>
    public required string Message { get; init; }

    /// <summary>Subject and message.</summary>
    internal string Text => Subject.Length == 0 ? Message : $"{Subject}: {Message}";

    /// <summary>Whether people have read it on standard error already.</summary>
    internal bool IsOnStandardError { get; init; }

    /// <summary>Whether it is about a thing that has been counted already.</summary>
    internal bool IsFurther { get; set; }

    /// <summary>What is wrong with the input itself.</summary>
    internal static Finding OfInput(string file, int line, int column, FindingLevel level, string rule, string message) => new()
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
