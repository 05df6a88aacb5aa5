namespace AdmissionSdk.Cel.Evaluation;

/// <summary>A step of an expression that is ready to run.</summary>
internal abstract class EvalNode
{
    public abstract CelValue Eval(EvalFrame frame);
}
