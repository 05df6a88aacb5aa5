namespace ImageRegistryWebhook.Yaml;

/// <summary>A node of a YAML or JSON document, and where it begins. An alias is the node of its anchor.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal abstract record YamlNode(int Line, int Column);
