using AdmissionSdk.Cel.Costs;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

internal sealed class EqualityNode(bool negated, EvalNode left, EvalNode right) : EvalNode
{
    private readonly CallCost _cost = CallCosts.For(negated ? "_!=_" : "_==_", negated ? "not_equals" : "equals");

    public override CelValue Eval(EvalFrame frame)
    {
        var first = left.Eval(frame);
        var second = right.Eval(frame);
        frame.Charge(_cost([first, second], null));
        if (frame.Halt is not null || first is ErrorValue)
        {
            return first;
        }

        if (second is ErrorValue)
        {
            return second;
        }

        var equal = Equality.Of(first, second);
        return negated ? BoolValue.Of(equal != BoolValue.True) : equal;
    }
}
