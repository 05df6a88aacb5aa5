using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary>Makes a checked tree ready to run: names become slots, and constant parts are computed once, as in the API server.</summary>
internal sealed class Planner
{
    private static readonly HashSet<string> ConversionFunctions =
        new(StringComparer.Ordinal) { "bool", "bytes", "double", "duration", "dyn", "int", "string", "timestamp", "type", "uint" };

    private readonly CheckedExpression _checked;
    private readonly Dictionary<string, int> _globals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Stack<(int Slot, LoopStart? Start)>> _locals = new(StringComparer.Ordinal);

    private int _slots;

    private Planner(CheckedExpression expression) => _checked = expression;

    /// <summary>The message of a constant part that fails.</summary>
    public string? Error { get; private set; }

    public static (EvalPlan? Plan, string? Error) Plan(CheckedExpression expression)
    {
        var planner = new Planner(expression);
        var root = planner.Plan(expression.Root);
        return planner.Error is { } error ? (null, error) : (new EvalPlan(root, planner._globals.Count, planner._slots), null);
    }

    private EvalNode Plan(Expr expr) => expr switch
    {
        LiteralExpr literal => new ConstantNode(literal.Value),
        _ when _checked.VariableOf(expr) is { } variable => Plan(variable),
        SelectExpr select => PlanSelect(select),
        CallExpr call => PlanCall(call),
        ListExpr list => PlanList(list),
        MapExpr map => PlanMap(map),
        StructExpr structure => PlanStruct(structure),
        ComprehensionExpr loop => PlanLoop(loop),
        _ => throw new InvalidOperationException($"{expr.GetType()} has no plan."),
    };

    private EvalNode Plan(Variable variable)
    {
        if (variable.Constant is { } constant)
        {
            return new ConstantNode(constant);
        }

        if (variable.IsLocal && _locals.TryGetValue(variable.Name, out var open) && open.TryPeek(out var local))
        {
            return new AttributeNode(new LocalNode(local.Slot, local.Start));
        }

        if (!_globals.TryGetValue(variable.Name, out var slot))
        {
            _globals[variable.Name] = slot = _globals.Count;
        }

        return new AttributeNode(new GlobalNode(slot, variable.Name));
    }

    private AttributeNode PlanSelect(SelectExpr select)
    {
        var attribute = Attribute(Plan(select.Operand));
        var field = new ConstantNode(new StringValue(select.Field));
        if (select.TestOnly)
        {
            attribute.Test(field);
        }
        else
        {
            attribute.Add(new Qualifier(field, optional: false));
        }

        return attribute;
    }

    private static AttributeNode Attribute(EvalNode node) => node as AttributeNode ?? new AttributeNode(node);

    private EvalNode PlanCall(CallExpr call)
    {
        IEnumerable<Expr> inputs = call.Target is { } target && !_checked.IsFunction(call) ? call.Arguments.Prepend(target) : call.Arguments;
        EvalNode[] arguments = [.. inputs.Select(Plan)];
        var overloads = _checked.OverloadsOf(call);
        switch (call.Function)
        {
            case Operators.LogicalAnd or Operators.LogicalOr:
                return new LogicNode(call.Function == Operators.LogicalOr, arguments[0], arguments[1]);
            case Operators.Conditional:
                return new AttributeNode(new ConditionalNode(arguments[0], arguments[1], arguments[2]));
            case Operators.Equals or Operators.NotEquals:
                return new EqualityNode(call.Function == Operators.NotEquals, arguments[0], arguments[1]);
            case Operators.Index or Operators.OptionalIndex or Operators.OptionalSelect:
                var attribute = Attribute(arguments[0]);
                attribute.Add(new Qualifier(arguments[1], call.Function != Operators.Index));
                return attribute;
            case "or" when overloads is [{ Id: "optional_or_optional" }]:
            case "orValue" when overloads is [{ Id: "optional_orValue_value" }]:
                return new OptionalOrNode(call.Function, arguments[0], arguments[1]);
            case Operators.In when overloads is [{ Id: "in_list" }] && arguments[1] is ConstantNode { Value: ListValue list }:
                return list.Count == 0 ? new ConstantNode(BoolValue.False)
                    : list.Elements.All(element => element is StringValue or IntValue or UintValue or DoubleValue or BoolValue) ? new MembershipNode(arguments[0], list.Elements)
                    : new CallNode(call.Function, overloads, arguments);
            default:
                return Fold(overloads is [var first, ..] ? new CallNode(first.Function, overloads, arguments) : new CallNode(call.Function, overloads, arguments), call.Function);
        }
    }

    /// <summary>A conversion of a constant, made now.</summary>
    private EvalNode Fold(CallNode call, string function)
    {
        if (!ConversionFunctions.Contains(function) || call.Arguments is not [ConstantNode])
        {
            return call;
        }

        var value = call.Eval(new EvalFrame(NoVariables.Instance, 0, 0, CancellationToken.None));
        Error ??= (value as ErrorValue)?.Message;
        return new ConstantNode(value);
    }

    private EvalNode PlanList(ListExpr list)
    {
        EvalNode[] elements = [.. list.Elements.Select(Plan)];
        var node = new ListNode(elements, list.Optionals);
        return elements.All(element => element is ConstantNode) && list.Optionals.Count == 0 ? Constant(node) : node;
    }

    private EvalNode PlanMap(MapExpr map)
    {
        (EvalNode Key, EvalNode Value, bool Optional)[] entries = [.. map.Entries.Select(entry => (Plan(entry.Key), Plan(entry.Value), entry.Optional))];
        var node = new MapNode(entries);
        return entries.All(entry => entry is (ConstantNode, ConstantNode, false)) ? Constant(node) : node;
    }

    private MapNode PlanStruct(StructExpr structure) =>
        new([.. structure.Fields.Select(field => ((EvalNode)new ConstantNode(new StringValue(field.Name)), Plan(field.Value), field.Optional))]);

    private static ConstantNode Constant(EvalNode node) => new(node.Eval(new EvalFrame(NoVariables.Instance, 0, 0, CancellationToken.None)));

    private LoopNode PlanLoop(ComprehensionExpr loop)
    {
        var range = Plan(loop.Range);
        var initial = Plan(loop.Body.Initial);
        var slots = new LoopSlots(_slots++, loop.Variables.Second is null ? null : _slots++, _slots++);
        Open(loop.Variables.Accumulator, slots.Accumulated, new LoopStart(initial, grows: !loop.IsBind));
        Open(loop.Variables.First, slots.First, null);
        if (loop.Variables.Second is { } second)
        {
            Open(second, slots.Second!.Value, null);
        }

        var condition = Plan(loop.Body.Condition);
        var step = Plan(loop.Body.Step);
        _locals[loop.Variables.First].Pop();
        if (loop.Variables.Second is { } other)
        {
            _locals[other].Pop();
        }

        var result = Plan(loop.Body.Result);
        _locals[loop.Variables.Accumulator].Pop();
        return new LoopNode(range, slots, condition, step, result);
    }

    private void Open(string name, int slot, LoopStart? start)
    {
        if (!_locals.TryGetValue(name, out var open))
        {
            _locals[name] = open = new Stack<(int Slot, LoopStart? Start)>();
        }

        open.Push((slot, start));
    }
}
