namespace AdmissionSdk.Cel.Evaluation;

/// <summary>The variables of a constant.</summary>
internal sealed class NoVariables : IVariableSource
{
    public static readonly NoVariables Instance = new();

    public CelValue? Find(string name, EvalFrame frame) => null;
}
