using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Checking;

/// <summary>Finds the type of each node, and the variable or function that each name means. Messages are Kubernetes'.</summary>
internal sealed partial class Checker
{
    private readonly CheckerEnvironment _environment;
    private readonly IssueList _issues;
    private readonly CheckedExpression _checked;
    private readonly TypeMapping _mapping = new();

    private Scope? _scope;
    private int _parameters;

    private Checker(CheckerEnvironment environment, IssueList issues, Expr root) =>
        (_environment, _issues, _checked) = (environment, issues, new CheckedExpression(root));

    /// <summary>The checked tree. Meaningful only if no issue was found.</summary>
    public static CheckedExpression Check(Expr root, CheckerEnvironment environment, IssueList issues)
    {
        var checker = new Checker(environment, issues, root);
        checker.Check(root);
        checker._checked.Settle(checker._mapping);
        return checker._checked;
    }

    private CelType Check(Expr expr)
    {
        var type = expr switch
        {
            LiteralExpr literal => literal.Value.Type,
            IdentExpr ident => CheckIdent(ident),
            SelectExpr select => CheckSelect(select),
            CallExpr call => CheckCall(call),
            ListExpr list => CheckList(list),
            MapExpr map => CheckMap(map),
            StructExpr structure => CheckStruct(structure),
            ComprehensionExpr loop => CheckLoop(loop),
            _ => throw new InvalidOperationException($"{expr.GetType()} has no type."),
        };
        _checked.SetType(expr, type);
        return type;
    }

    private CelType CheckIdent(IdentExpr ident)
    {
        var local = ident.Name.StartsWith('.') ? null : _scope?.Find(ident.Name);
        if ((local ?? _environment.FindGlobal(ident.Name)) is { } variable)
        {
            _checked.SetVariable(ident, variable);
            return variable.Type;
        }

        return Undeclared(ident, ident.Name);
    }

    private CelType Undeclared(Expr expr, string name)
    {
        _issues.Add(expr.Position, $"undeclared reference to '{name}' (in container '{_environment.Container}')");
        return CelType.Error;
    }

    private CelType CheckSelect(SelectExpr select)
    {
        if (!select.TestOnly && QualifiedName(select) is { } name && FindQualified(name) is { } variable)
        {
            _checked.SetVariable(select, variable);
            return variable.Type;
        }

        var type = CheckField(select, select.Operand, select.Field, optional: false);
        return select.TestOnly ? CelType.Bool : _mapping.Substitute(type, openToDyn: false);
    }

    private Variable? FindQualified(string name)
    {
        var first = name[..name.IndexOf('.', 1)];
        return _scope?.Find(first) is not null ? null : _environment.FindGlobal(name);
    }

    private static string? QualifiedName(Expr expr) => expr switch
    {
        IdentExpr ident => ident.Name,
        SelectExpr { TestOnly: false } select when QualifiedName(select.Operand) is { } operand => $"{operand}.{select.Field}",
        _ => null,
    };

    private CelType CheckField(Expr expr, Expr operand, string field, bool optional)
    {
        var operandType = _mapping.Substitute(Check(operand), openToDyn: false);
        var target = operandType.IsOptional ? operandType.Parameters[0] : operandType;
        var type = CelType.Dyn;
        switch (target.Kind)
        {
            case CelKind.Map:
                type = target.Parameters[1];
                break;
            case CelKind.Struct:
                type = FieldType(expr.Position, target.Name, field);
                break;
            case CelKind.TypeParam:
                _mapping.IsAssignable(CelType.Dyn, target);
                break;
            case CelKind.Dyn or CelKind.Error:
                break;
            default:
                _issues.Add(expr.Position, $"type '{target.Format()}' does not support field selection");
                break;
        }

        return operandType.IsOptional || optional ? CelType.OptionalOf(type) : type;
    }

    private CelType FieldType(int position, string structName, string field)
    {
        if (_environment.FindStruct(structName) is not { } structure)
        {
            _issues.Add(position, $"unexpected failed resolution of '{structName}'");
            return CelType.Error;
        }

        if (structure.Fields.TryGetValue(field, out var type))
        {
            return type;
        }

        _issues.Add(position, $"undefined field '{field}'");
        return CelType.Error;
    }

    private CelType CheckList(ListExpr list)
    {
        CelType? elements = null;
        for (var i = 0; i < list.Elements.Count; i++)
        {
            var element = list.Elements[i];
            elements = Join(element, elements, Unwrapped(element, Check(element), list.Optionals.Contains(i)));
        }

        return CelType.ListOf(elements ?? NewParameter());
    }

    private CelType CheckMap(MapExpr map)
    {
        CelType? keys = null;
        CelType? values = null;
        foreach (var entry in map.Entries)
        {
            keys = Join(entry.Key, keys, Check(entry.Key));
            values = Join(entry.Value, values, Unwrapped(entry.Value, Check(entry.Value), entry.Optional));
        }

        return CelType.MapOf(keys ?? NewParameter(), values ?? NewParameter());
    }

    /// <summary>The type that an optional element adds to a list or map.</summary>
    private CelType Unwrapped(Expr expr, CelType type, bool optional)
    {
        if (!optional || type.Kind == CelKind.Dyn)
        {
            return type;
        }

        if (type.IsOptional)
        {
            return type.Parameters[0];
        }

        Mismatch(expr, CelType.OptionalOf(type), type);
        return type;
    }

    private CelType Join(Expr expr, CelType? previous, CelType current)
    {
        if (previous is null)
        {
            return current;
        }

        if (_mapping.IsAssignable(previous, current))
        {
            return TypeMapping.MostGeneral(previous, current);
        }

        if (!_environment.HomogeneousLiterals)
        {
            return CelType.Dyn;
        }

        Mismatch(expr, previous, current);
        return CelType.Error;
    }

    private CelType CheckStruct(StructExpr structure)
    {
        if (_environment.FindStruct(structure.TypeName) is not { } declaration)
        {
            if (_environment.FindGlobal(structure.TypeName) is { } variable)
            {
                _issues.Add(structure.Position, variable.Constant is null ? $"'{variable.Type.Name}' is not a type" : $"'{structure.TypeName}' is not a message type");
                return CelType.Error;
            }

            return Undeclared(structure, structure.TypeName);
        }

        foreach (var field in structure.Fields)
        {
            var value = Unwrapped(field.Value, Check(field.Value), field.Optional);
            var type = FieldType(field.Position, declaration.Name, field.Name);
            if (!_mapping.IsAssignable(type, value))
            {
                _issues.Add(field.Position, $"expected type of field '{field.Name}' is '{type.Format()}' but provided type is '{value.Format()}'");
            }
        }

        return CelType.StructOf(declaration.Name);
    }

    private CelType NewParameter() => CelType.Parameter($"_var{_parameters++}");

    private void Mismatch(Expr expr, CelType expected, CelType actual) =>
        _issues.Add(expr.Position, $"expected type '{expected.Format()}' but found '{actual.Format()}'");
}
