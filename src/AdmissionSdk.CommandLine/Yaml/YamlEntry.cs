using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A key of a mapping with its value.</summary>
[Experimental("ADMEXP001")]
public sealed class YamlEntry
{
    internal YamlEntry(YamlScalar key, YamlNode value)
    {
        Key = key;
        Value = value;
    }

    /// <summary>The key.</summary>
    public YamlScalar Key { get; }

    /// <summary>The value.</summary>
    public YamlNode Value { get; }

    /// <summary>True for a plain <c>&lt;&lt;</c>, whose value is merged into the mapping.</summary>
    public bool IsMerge => Key is { Value: "<<", Style: YamlScalarStyle.Plain };
}
