using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Library;
using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Compilation;

/// <summary>Looks at literals after the checker, as API servers do from 1.29 on: durations, points in time, regular expressions, and mixed lists and maps.</summary>
internal static class LiteralValidator
{
    public static void Validate(CheckedExpression expression, IssueList issues)
    {
        var open = new Stack<(Expr Expr, bool InFormat)>();
        open.Push((expression.Root, false));
        while (open.TryPop(out var item))
        {
            var inFormat = item.InFormat || item.Expr is CallExpr { Function: "format" };
            Check(item.Expr, expression, inFormat, issues);
            foreach (var child in Children(item.Expr))
            {
                open.Push((child, inFormat));
            }
        }
    }

    public static IEnumerable<Expr> Children(Expr expr) => expr switch
    {
        SelectExpr select => [select.Operand],
        CallExpr call => call.Target is null ? call.Arguments : call.Arguments.Append(call.Target),
        ListExpr list => list.Elements,
        MapExpr map => map.Entries.SelectMany(entry => new[] { entry.Key, entry.Value }),
        StructExpr structure => structure.Fields.Select(field => field.Value),
        ComprehensionExpr loop => [loop.Range, loop.Body.Initial, loop.Body.Condition, loop.Body.Step, loop.Body.Result],
        _ => [],
    };

    private static void Check(Expr expr, CheckedExpression expression, bool inFormat, IssueList issues)
    {
        switch (expr)
        {
            case CallExpr { Arguments: [LiteralExpr argument, ..] } call:
                var isBad = call.Function switch
                {
                    "duration" => Conversions.ToDuration(argument.Value).IsError,
                    "timestamp" => Conversions.ToTimestamp(argument.Value).IsError,
                    "matches" => argument.Value is StringValue pattern && call.Target is not null && RegexCache.Get(pattern.Value).Error is not null,
                    _ => false,
                };
                if (isBad)
                {
                    issues.Add(argument.Position, $"invalid {call.Function} argument");
                }

                break;
            case ListExpr list when !inFormat:
                Same(list.Elements.Select((element, index) => (element, Type(expression, element, list.Optionals.Contains(index)))), issues);
                break;
            case MapExpr map when !inFormat:
                Same(map.Entries.Select(entry => (entry.Key, Type(expression, entry.Key, false))), issues);
                Same(map.Entries.Select(entry => (entry.Value, Type(expression, entry.Value, entry.Optional))), issues);
                break;
        }
    }

    private static CelType Type(CheckedExpression expression, Expr expr, bool optional)
    {
        var type = expression.TypeOf(expr);
        return optional && type.IsOptional ? type.Parameters[0] : type;
    }

    private static void Same(IEnumerable<(Expr Expr, CelType Type)> parts, IssueList issues)
    {
        CelType? first = null;
        foreach (var (expr, type) in parts)
        {
            first ??= type;
            if (!IsEquivalent(first, type))
            {
                issues.Add(expr.Position, $"expected type '{first.Format()}' but found '{type.Format()}'");
                return;
            }
        }
    }

    // Types are the same here if their kinds and parameters are.
    private static bool IsEquivalent(CelType left, CelType right) =>
        left.Kind == right.Kind && left.Name == right.Name && left.Parameters.Zip(right.Parameters).All(pair => IsEquivalent(pair.First, pair.Second));
}
