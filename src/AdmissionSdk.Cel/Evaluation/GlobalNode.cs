namespace AdmissionSdk.Cel.Evaluation;

/// <summary>A variable of the environment. Its cost is that of the attribute around it.</summary>
internal sealed class GlobalNode(int slot, string name) : EvalNode
{
    public override CelValue Eval(EvalFrame frame) => frame.Global(slot, name);
}
