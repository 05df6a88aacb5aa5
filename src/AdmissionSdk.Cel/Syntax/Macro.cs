namespace AdmissionSdk.Cel.Syntax;

/// <summary>A call that stands for another expression.</summary>
/// <param name="Name">The name of the call.</param>
/// <param name="ArgumentCount">The number of arguments that make the call the macro.</param>
/// <param name="IsMethod">True if the call has a target.</param>
/// <param name="Expand">Makes the expression, or returns null if the call is an ordinary one after all.</param>
internal sealed record Macro(string Name, int ArgumentCount, bool IsMethod, Func<MacroCall, Expr?> Expand);
