using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>What the value of a scalar is.</summary>
[Experimental("ADMEXP001")]
public enum YamlScalarKind
{
    /// <summary>A string.</summary>
    String,

    /// <summary>Nothing.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Has a tag, such as <c>!!binary</c>, by which its value is not what is written.</summary>
    Tagged,
}
