using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary><c>condition ? yes : no</c>. Only the branch that is taken runs.</summary>
internal sealed class ConditionalNode(EvalNode condition, EvalNode yes, EvalNode no) : EvalNode
{
    public override CelValue Eval(EvalFrame frame)
    {
        var decision = condition.Eval(frame);
        if (decision is not BoolValue boolean)
        {
            return ErrorValue.Unexpected(decision);
        }

        var branch = boolean.Value ? yes : no;
        return branch is AttributeNode attribute ? attribute.Resolve(frame) : branch.Eval(frame);
    }
}
