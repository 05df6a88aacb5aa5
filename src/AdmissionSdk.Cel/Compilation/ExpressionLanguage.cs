using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Syntax;

namespace AdmissionSdk.Cel.Compilation;

/// <summary>Everything that decides what an expression means: its syntax, its names, and how strict the checks are.</summary>
internal sealed class ExpressionLanguage
{
    public ExpressionLanguage(IReadOnlyList<FunctionLibrary> libraries, IReadOnlyList<Variable> variables, IReadOnlyList<StructDeclaration> structs, bool optionals)
    {
        (Libraries, Variables, Structs) = (libraries, variables, structs);
        // A later library replaces a macro of an earlier one.
        Parsing = new ParserOptions(
            libraries.SelectMany(library => library.Macros).GroupBy(macro => (macro.Name, macro.ArgumentCount, macro.IsMethod)).Select(same => new Macro(
                same.Key.Name,
                same.Key.ArgumentCount,
                same.Key.IsMethod,
                call => same.Select(macro => macro.Expand(call)).FirstOrDefault(expr => expr is not null || call.Error is not null))),
            optionals);
        Checking = new CheckerEnvironment(libraries, variables, structs);
    }

    public IReadOnlyList<FunctionLibrary> Libraries { get; }

    public IReadOnlyList<Variable> Variables { get; }

    public IReadOnlyList<StructDeclaration> Structs { get; }

    public ParserOptions Parsing { get; }

    public CheckerEnvironment Checking { get; init; }

    /// <summary>True if literals are looked at after the checker: durations, points in time, regular expressions.</summary>
    public bool ValidatesLiterals { get; init; } = true;
}
