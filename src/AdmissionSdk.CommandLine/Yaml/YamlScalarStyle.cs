using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>The style of a scalar in the text.</summary>
[Experimental("ADMEXP001")]
public enum YamlScalarStyle
{
    /// <summary>A text without quotes.</summary>
    Plain,

    /// <summary>A text in single quotes.</summary>
    SingleQuoted,

    /// <summary>A text in double quotes.</summary>
    DoubleQuoted,

    /// <summary>A literal or folded block.</summary>
    Block,
}
