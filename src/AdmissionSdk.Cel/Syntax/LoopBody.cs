namespace AdmissionSdk.Cel.Syntax;

/// <summary>The parts of a loop: the first result, the condition to go on, the next result, and what the loop amounts to.</summary>
internal sealed record LoopBody(Expr Initial, Expr Condition, Expr Step, Expr Result);
