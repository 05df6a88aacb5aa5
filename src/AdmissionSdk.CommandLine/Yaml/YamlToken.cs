namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A token with its place.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Start">The index of the first character.</param>
/// <param name="End">The index after the last character.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal readonly record struct YamlToken(YamlTokenKind Kind, int Start, int End, int Line, int Column)
{
    /// <summary>The value of a scalar, the name of an anchor, or the handle of a tag.</summary>
    public string Text { get; init; } = "";

    /// <summary>The rest of a tag.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The style of a scalar.</summary>
    public YamlScalarStyle Style { get; init; }
}
