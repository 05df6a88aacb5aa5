namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>The kinds of tokens of YAML.</summary>
internal enum YamlTokenKind
{
    End,
    VersionDirective,
    TagDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequence,
    BlockMapping,
    BlockEnd,
    FlowSequence,
    FlowSequenceEnd,
    FlowMapping,
    FlowMappingEnd,
    FlowEntry,
    BlockEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
}
