using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>The kind of a scalar's value.</summary>
[Experimental("ADMEXP001")]
public enum YamlScalarKind
{
    /// <summary>A string.</summary>
    String,

    /// <summary>Null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A value that a tag such as <c>!!binary</c> makes of the text.</summary>
    Tagged,
}
