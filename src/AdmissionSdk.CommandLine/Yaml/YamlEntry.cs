using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A key of a mapping with its value.</summary>
[Experimental("ADMEXP001")]
public sealed class YamlEntry
{
    /// <exception cref="YamlReadException">The key is not a string for Kubernetes.</exception>
    internal YamlEntry(YamlScalar key, YamlNode value, bool isAlias = false)
    {
        Key = key;
        Value = value;
        IsMerge = !isAlias && key.IsMerge;
        Name = IsMerge ? key.Value : YamlJson.ConvertKey(key);
    }

    /// <summary>The key.</summary>
    public YamlScalar Key { get; }

    /// <summary>The value.</summary>
    public YamlNode Value { get; }

    /// <summary>True for <c>&lt;&lt;</c>, whose value is merged into the mapping. kubectl takes the key for a merge without quotes, or with a tag that says so.</summary>
    public bool IsMerge { get; }

    /// <summary>The key as Kubernetes reads the key: <c>yes</c> is <c>true</c>.</summary>
    public string Name { get; }
}
