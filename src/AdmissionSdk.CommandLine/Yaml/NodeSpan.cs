namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>The range of a node in the text, in characters.</summary>
/// <param name="Start">The index of the first character.</param>
/// <param name="End">The index after the last character.</param>
/// <param name="IsFlow">True for a node within a line (a scalar, <c>[a]</c>, <c>{a: b}</c>); false for a node by indentation.</param>
internal readonly record struct NodeSpan(int Start, int End, bool IsFlow);
