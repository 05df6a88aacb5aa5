using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary><c>&amp;&amp;</c> and <c>||</c>: one side decides alone, even if the other is an error.</summary>
internal sealed class LogicNode(bool decisive, EvalNode left, EvalNode right) : EvalNode
{
    public override CelValue Eval(EvalFrame frame)
    {
        var first = left.Eval(frame);
        if (Decides(first) || frame.Halt is not null)
        {
            return first;
        }

        var second = right.Eval(frame);
        if (Decides(second))
        {
            return second;
        }

        return first is not BoolValue ? ErrorValue.Unexpected(first) : second is not BoolValue ? ErrorValue.Unexpected(second) : first;
    }

    private bool Decides(CelValue value) => value is BoolValue boolean && boolean.Value == decisive;
}
