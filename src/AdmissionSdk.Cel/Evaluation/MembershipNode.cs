using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary><c>x in [...]</c> with constants in the list: a look-up, and free of cost.</summary>
internal sealed class MembershipNode(EvalNode value, IEnumerable<CelValue> elements) : EvalNode
{
    private readonly HashSet<CelValue> _elements = new(elements, KeyComparer.Instance);

    public override CelValue Eval(EvalFrame frame)
    {
        var sought = value.Eval(frame);
        return sought is ErrorValue ? sought : BoolValue.Of(_elements.Contains(sought));
    }
}
