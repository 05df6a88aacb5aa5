namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>From where to where a node is written, in characters.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="IsFlow">Whether it stands in a line (a scalar, <c>[a]</c>, <c>{a: b}</c>) rather than by its indentation.</param>
internal readonly record struct NodeSpan(int Start, int End, bool IsFlow);
