using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Checking;

/// <content>Calls and loops.</content>
internal sealed partial class Checker
{
    private CelType CheckCall(CallExpr call)
    {
        if (call.Function == Operators.OptionalSelect && call.Arguments is [var operand, LiteralExpr { Value: StringValue field }])
        {
            var type = CheckField(call, operand, field.Value, optional: true);
            return _mapping.Substitute(type, openToDyn: false);
        }

        CelType[] arguments = [.. call.Arguments.Select(Check)];
        if (call.Target is not { } target)
        {
            return _environment.FindFunction(call.Function) is { } function ? Resolve(call, function, arguments, isMethod: false) : Undeclared(call, call.Function);
        }

        // A dotted name of a function wins over a method of what its first names stand for.
        if (QualifiedName(target) is { } prefix && _environment.FindFunction($"{prefix}.{call.Function}") is { } qualified)
        {
            _checked.SetFunction(call);
            return Resolve(call, qualified, arguments, isMethod: false);
        }

        var targetType = Check(target);
        return _environment.FindFunction(call.Function) is { } method
            ? Resolve(call, method, [targetType, .. arguments], isMethod: true)
            : Undeclared(call, call.Function);
    }

    private CelType Resolve(CallExpr call, FunctionDeclaration function, CelType[] arguments, bool isMethod)
    {
        if (function.Name is Operators.LogicalAnd or Operators.LogicalOr)
        {
            return ResolveLogic(call, function, arguments);
        }

        CelType? result = null;
        var found = new List<Overload>();
        foreach (var overload in function.Overloads.Where(overload => overload.IsMethod == isMethod && _environment.IsEnabled(overload)))
        {
            var fresh = overload.Parameters.ToDictionary(name => name, _ => NewParameter(), StringComparer.Ordinal);
            if (!_mapping.AreAssignable(arguments, [.. overload.Arguments.Select(type => Instance(type, fresh))]))
            {
                continue;
            }

            found.Add(overload);
            var type = _mapping.Substitute(Instance(overload.Result, fresh), openToDyn: false);
            result = result is null ? type : result.Kind == CelKind.Dyn || type.IsExactly(result) ? result : CelType.Dyn;
        }

        if (result is null)
        {
            string[] types = [.. arguments.Select(type => _mapping.Substitute(type, openToDyn: true).Format())];
            var signature = isMethod ? $"{types[0]}.({string.Join(", ", types[1..])})" : $"({string.Join(", ", types)})";
            _issues.Add(call.Position, $"found no matching overload for '{function.Name}' applied to '{signature}'");
            return CelType.Error;
        }

        _checked.SetOverloads(call, found);
        return result;
    }

    private CelType ResolveLogic(CallExpr call, FunctionDeclaration function, CelType[] arguments)
    {
        var fits = true;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!_mapping.IsAssignable(arguments[i], CelType.Bool))
            {
                Mismatch(call.Arguments[i], CelType.Bool, arguments[i]);
                fits = false;
            }
        }

        _checked.SetOverloads(call, function.Overloads);
        return fits ? CelType.Bool : CelType.Error;
    }

    private static CelType Instance(CelType type, Dictionary<string, CelType> fresh) => type.Kind switch
    {
        CelKind.TypeParam => fresh[type.Name],
        CelKind.List => CelType.ListOf(Instance(type.Parameters[0], fresh)),
        CelKind.Map => CelType.MapOf(Instance(type.Parameters[0], fresh), Instance(type.Parameters[1], fresh)),
        CelKind.Type when type.Parameters.Count > 0 => CelType.TypeOf(Instance(type.Parameters[0], fresh)),
        CelKind.Opaque => CelType.OpaqueOf(type.Name, [.. type.Parameters.Select(parameter => Instance(parameter, fresh))]),
        _ => type,
    };

    private CelType CheckLoop(ComprehensionExpr loop)
    {
        var range = _mapping.Substitute(Check(loop.Range), openToDyn: false);
        var accumulated = Check(loop.Body.Initial);
        var outer = _scope;
        _scope = Scope.Of(outer, loop.Variables.Accumulator, accumulated);
        var inner = _scope;
        var (first, second) = ElementTypes(loop, range);
        _scope = Scope.Of(_scope, loop.Variables.First, first);
        if (loop.Variables.Second is { } name)
        {
            _scope = Scope.Of(_scope, name, second);
        }

        AssertType(loop.Body.Condition, CelType.Bool);
        AssertType(loop.Body.Step, accumulated);
        _scope = inner;
        var result = Check(loop.Body.Result);
        _scope = outer;
        return _mapping.Substitute(result, openToDyn: false);
    }

    private (CelType First, CelType Second) ElementTypes(ComprehensionExpr loop, CelType range)
    {
        switch (range.Kind)
        {
            case CelKind.List:
                return loop.Variables.Second is null ? (range.Parameters[0], CelType.Dyn) : (CelType.Int, range.Parameters[0]);
            case CelKind.Map:
                return (range.Parameters[0], range.Parameters[1]);
            case CelKind.Dyn or CelKind.Error or CelKind.TypeParam:
                _mapping.IsAssignable(CelType.Dyn, range);
                return (CelType.Dyn, CelType.Dyn);
            default:
                _issues.Add(loop.Range.Position, $"expression of type '{range.Format()}' cannot be range of a comprehension (must be list, map, or dynamic)");
                return (CelType.Error, CelType.Error);
        }
    }

    private void AssertType(Expr expr, CelType expected)
    {
        var actual = Check(expr);
        if (!_mapping.IsAssignable(expected, actual))
        {
            Mismatch(expr, expected, actual);
        }
    }
}
