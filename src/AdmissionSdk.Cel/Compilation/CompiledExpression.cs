using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Evaluation;

namespace AdmissionSdk.Cel.Compilation;

/// <summary>An expression that runs, or the issues why it does not.</summary>
internal sealed record CompiledExpression(IReadOnlyList<CelIssue> Issues, string? Message, CheckedExpression? Checked, EvalPlan? Plan);
