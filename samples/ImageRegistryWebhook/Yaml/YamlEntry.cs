namespace ImageRegistryWebhook.Yaml;

/// <summary>A key of a mapping and its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    /// <summary>True for a plain <c>&lt;&lt;</c>, whose value is merged into the mapping.</summary>
    public bool IsMerge => Key is { Value: "<<", Style: YamlScalarStyle.Plain };
}
