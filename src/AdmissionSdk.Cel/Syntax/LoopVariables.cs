namespace AdmissionSdk.Cel.Syntax;

/// <summary>The names of a loop: one for elements, keys or indexes; a second one for values beside them; one for the result.</summary>
internal sealed record LoopVariables(string First, string? Second, string Accumulator);
