namespace ImageRegistryWebhook.Yaml;

/// <summary>A text that is no YAML, or YAML of which it is not certain what Kubernetes would read.</summary>
internal sealed class YamlReadException(string message, int line, int column) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
