using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A list.</summary>
[Experimental("ADMEXP001")]
public sealed class YamlSequence : YamlNode
{
    internal YamlSequence(IReadOnlyList<YamlNode> items, int line, int column)
        : base(line, column) => Items = items;

    /// <summary>The elements.</summary>
    public IReadOnlyList<YamlNode> Items { get; }

    internal override NodeSpan Span { get; init; }
}
