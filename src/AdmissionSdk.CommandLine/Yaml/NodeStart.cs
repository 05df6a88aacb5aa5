namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>The beginning of a node.</summary>
/// <param name="First">The node's first token: its anchor, its tag, or its content.</param>
/// <param name="End">The index after the anchor and the tag.</param>
/// <param name="Tag">The tag, or empty.</param>
internal readonly record struct NodeStart(YamlToken First, int End, string Tag)
{
    public bool HasProperties => First.Kind is YamlTokenKind.Anchor or YamlTokenKind.Tag;
}
