using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Evaluation;
using AdmissionSdk.Cel.Syntax;

namespace AdmissionSdk.Cel.Compilation;

/// <summary>From text to something that runs: parsed, checked, planned.</summary>
internal static class ExpressionCompiler
{
    public static CompiledExpression Compile(string text, ExpressionLanguage language)
    {
        var source = new SourceText(text);
        var issues = new IssueList(source);
        var root = Parser.Parse(source, issues, language.Parsing);
        if (issues.Any)
        {
            return Failed();
        }

        var expression = Checker.Check(root, language.Checking, issues);
        if (!issues.Any && language.ValidatesLiterals)
        {
            LiteralValidator.Validate(expression, issues);
        }

        if (issues.Any)
        {
            return Failed();
        }

        var (plan, error) = Planner.Plan(expression);
        return plan is null
            ? new CompiledExpression([new CelIssue(-1, 0, error!)], "program instantiation failed: " + error, null, null)
            : new CompiledExpression([], null, expression, plan);

        CompiledExpression Failed() => new(issues.Ordered(), "compilation failed: " + issues.Display(), null, null);
    }
}
