namespace ImageRegistryWebhook.Yaml;

/// <summary>What the value of a scalar is.</summary>
internal enum YamlScalarKind
{
    String,
    Null,
    Boolean,
    Number,

    /// <summary>Has a tag, such as <c>!!binary</c>, by which its value is not what is written.</summary>
    Tagged,
}
