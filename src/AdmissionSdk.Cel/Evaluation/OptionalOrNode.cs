using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary><c>optional.or(optional)</c> and <c>optional.orValue(value)</c>: the second runs only if the first has no value.</summary>
internal sealed class OptionalOrNode(string function, EvalNode first, EvalNode second) : EvalNode
{
    public override CelValue Eval(EvalFrame frame)
    {
        var value = first.Eval(frame);
        return value switch
        {
            ErrorValue => value,
            OptionalValue { Value: null } => second.Eval(frame),
            OptionalValue optional => function == "or" ? optional : optional.Value!,
            _ => new ErrorValue($"no such overload: {value.TypeName}.{function}({(function == "or" ? "optional_type" : "dyn")})"),
        };
    }
}
