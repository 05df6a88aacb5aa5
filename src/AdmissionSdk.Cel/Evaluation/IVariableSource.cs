namespace AdmissionSdk.Cel.Evaluation;

/// <summary>The values of an environment's variables.</summary>
internal interface IVariableSource
{
    /// <summary>The value of a variable, or null if there is none.</summary>
    CelValue? Find(string name, EvalFrame frame);
}
