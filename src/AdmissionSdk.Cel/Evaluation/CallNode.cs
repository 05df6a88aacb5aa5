using AdmissionSdk.Cel.Costs;
using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary>A call of a function, of the first of its forms that takes the values.</summary>
internal sealed class CallNode : EvalNode
{
    private readonly string _function;
    private readonly Overload[] _overloads;
    private readonly EvalNode[] _arguments;
    private readonly CallCost _cost;
    private readonly bool _costsItsResult;
    private readonly bool _takesErrors;

    public CallNode(string function, IReadOnlyList<Overload> overloads, EvalNode[] arguments)
    {
        (_function, _overloads, _arguments) = (function, [.. overloads], arguments);
        var id = overloads is [var only] ? only.Id : "";
        _cost = CallCosts.For(function, id);
        _costsItsResult = CallCosts.NeedsResult(function, id);
        _takesErrors = function == Syntax.Operators.NotStrictlyFalse;
    }

    public IReadOnlyList<EvalNode> Arguments => _arguments;

    public override CelValue Eval(EvalFrame frame)
    {
        switch (_arguments)
        {
            case []:
                return Run([], frame);
            case [var only]:
                return Run([only.Eval(frame)], frame);
            case [var first, var second]:
                return Run([first.Eval(frame), second.Eval(frame)], frame);
        }

        var values = new CelValue[_arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _arguments[i].Eval(frame);
            if (values[i].IsError)
            {
                return values[i];
            }
        }

        return Run(values, frame);
    }

    private CelValue Run(ReadOnlySpan<CelValue> values, EvalFrame frame)
    {
        if (!_costsItsResult)
        {
            frame.Charge(_cost(values, null));
        }

        if (frame.Halt is { } halt)
        {
            return halt;
        }

        var result = Call(values);
        if (_costsItsResult)
        {
            frame.Charge(_cost(values, result));
        }

        return result;
    }

    private CelValue Call(ReadOnlySpan<CelValue> values)
    {
        if (!_takesErrors)
        {
            foreach (var value in values)
            {
                if (value.IsError)
                {
                    return value;
                }
            }
        }

        foreach (var overload in _overloads)
        {
            if (overload.Accepts(values))
            {
                return overload.Run(values);
            }
        }

        return ErrorValue.NoOverloadFor(_function, values);
    }
}
