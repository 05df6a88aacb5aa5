namespace AdmissionSdk.Cel.Evaluation;

internal sealed class ConstantNode(CelValue value) : EvalNode
{
    public CelValue Value { get; } = value;

    public override CelValue Eval(EvalFrame frame) => Value;
}
