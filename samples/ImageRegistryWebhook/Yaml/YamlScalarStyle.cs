namespace ImageRegistryWebhook.Yaml;

/// <summary>How a scalar is written.</summary>
internal enum YamlScalarStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,

    /// <summary>A literal or folded block.</summary>
    Block,
}
