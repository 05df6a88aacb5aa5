namespace ImageRegistryWebhook.Yaml;

/// <summary>What the value of a scalar is.</summary>
internal enum YamlScalarKind
{
    String,
    Null,
    Boolean,
    Number,
}
