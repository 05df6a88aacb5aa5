using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A node of a YAML or JSON document, with its place. An alias is the node of its anchor.</summary>
[Experimental("ADMEXP001")]
public abstract class YamlNode
{
    private protected YamlNode(int line, int column)
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column, from 1.</summary>
    public int Column { get; }

    /// <summary>The range of the node in the text.</summary>
    internal abstract NodeSpan Span { get; init; }
}
