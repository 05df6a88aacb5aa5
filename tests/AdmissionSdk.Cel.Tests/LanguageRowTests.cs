using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Compilation;
using AdmissionSdk.Cel.Evaluation;
using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Library;
using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Tests.Support;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Tests;

/// <summary>The language and its extensions, row by row: an expression, and another that says its value, or <c>error:</c> with the beginning of the text.</summary>
/// <remarks>
/// Covers <see cref="Parser"/>, <see cref="Lexer"/>, <see cref="StringLexer"/>, <see cref="Unescaper"/>, <see cref="ExprFactory"/>, <see cref="MacroCall"/>, <see cref="ComprehensionExpr"/>,
/// <see cref="Checker"/>, <see cref="CheckerEnvironment"/>, <see cref="CheckedExpression"/>, <see cref="TypeMapping"/>, <see cref="Scope"/>, <see cref="Types.CelType"/>, <see cref="Overload"/>, <see cref="TypeText"/>, <see cref="FunctionLibrary"/>,
/// <see cref="Planner"/>, <see cref="EvalFrame"/>, <see cref="EvalPlan"/>, <see cref="AttributeNode"/>, <see cref="Qualifier"/>, <see cref="CallNode"/>, <see cref="LoopNode"/>, <see cref="MapNode"/>, <see cref="ListNode"/>, <see cref="LogicNode"/>, <see cref="EqualityNode"/>,
/// <see cref="StandardLibrary"/>, <see cref="ValueOperations"/>, <see cref="Conversions"/>, <see cref="ConversionFunctions"/>, <see cref="TimeText"/>, <see cref="TimeFunctions"/>, <see cref="Macros"/>, <see cref="LoopMacros"/>,
/// <see cref="StringLibrary"/>, <see cref="StringFormat"/>, <see cref="ListLibrary"/>, <see cref="MathLibrary"/>, <see cref="OptionalLibrary"/>, <see cref="ComprehensionLibrary"/>,
/// <see cref="Numbers"/>, <see cref="DoubleText"/>, <see cref="CodePoints"/>, <see cref="TimestampValue"/>, <see cref="ConcatListValue"/>, <see cref="GrowingListValue"/>, <see cref="ListValue"/>, <see cref="MapValue"/>, <see cref="BytesValue"/>, <see cref="ErrorValue"/>.
/// </remarks>
public sealed class LanguageRowTests
{
    private static readonly ExpressionLanguage Language = TestLanguage.Create();

    public static TheoryData<string, string, string> All() => Rows.Read("language.txt");

    [Theory]
    [MemberData(nameof(All))]
    public void Expression_HasItsOutcome(string source, string expression, string outcome)
    {
        var actual = Evaluate(expression);
        if (outcome.StartsWith("error: ", StringComparison.Ordinal))
        {
            Assert.StartsWith(outcome["error: ".Length..], actual is ErrorValue error ? error.Message : $"{actual} ({source})", StringComparison.Ordinal);
            return;
        }

        var expected = Evaluate(outcome);
        Assert.Equal($"{expected.TypeName} {expected}", $"{actual.TypeName} {actual}");
        Assert.True(actual.EqualTo(expected) || (actual is DoubleValue { Value: double.NaN } && expected is DoubleValue { Value: double.NaN }));
    }

    private static CelValue Evaluate(string expression)
    {
        var compiled = ExpressionCompiler.Compile(expression, Language);
        return compiled.Plan?.Run(NoVariables.Instance, 0, CancellationToken.None).Value ?? new ErrorValue(compiled.Issues[0].Message);
    }
}
