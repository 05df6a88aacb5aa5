namespace AdmissionSdk.Cel.Evaluation;

/// <summary>A variable of a loop. The result of a loop has its first value the first time that something reads it.</summary>
internal sealed class LocalNode(int slot, LoopStart? start) : EvalNode
{
    public override CelValue Eval(EvalFrame frame)
    {
        if (frame.Local(slot) is { } value)
        {
            return value;
        }

        value = start!.Value(frame);
        frame.SetLocal(slot, value);
        return value;
    }
}
