using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary>A field or index behind a value.</summary>
internal sealed class Qualifier(EvalNode key, bool optional, bool testOnly = false)
{
    private readonly CelValue? _constant = (key as ConstantNode)?.Value;

    public bool IsOptional { get; } = optional;

    /// <summary>The value behind; null if nothing is and the place is optional; an error otherwise.</summary>
    public CelValue? Apply(CelValue target, bool ifPresent, EvalFrame frame)
    {
        var index = _constant ?? (key is AttributeNode attribute ? attribute.Resolve(frame) : key.Eval(frame));
        if (testOnly)
        {
            frame.Charge(1);
            return IsPresent(target, index, ifPresent);
        }

        var value = index.IsError ? index : Find(target, index) ?? (ifPresent ? null : Missing(target, index));
        if (value is not null)
        {
            frame.Charge(1);
        }

        return value;
    }

    private static CelValue? IsPresent(CelValue target, CelValue index, bool ifPresent)
    {
        var found = index.IsError ? index : Find(target, index);
        return found is ErrorValue ? found : found is null && ifPresent ? null : BoolValue.Of(found is not null);
    }

    private static CelValue? Find(CelValue target, CelValue index) => target switch
    {
        ErrorValue => target,
        MapValue map => map.Find(index),
        ListValue list => At(list, index),
        _ => null,
    };

    private static CelValue? At(ListValue list, CelValue index)
    {
        long? position = index switch
        {
            IntValue number => number.Value,
            UintValue number => number.Value <= long.MaxValue ? (long)number.Value : null,
            DoubleValue number => number.Value == Math.Truncate(number.Value) && Math.Abs(number.Value) < long.MaxValue ? (long)number.Value : null,
            _ => null,
        };
        return position is { } found
            ? found >= 0 && found < list.Count ? list.At(found) : null
            : new ErrorValue(Numbers.IsNumber(index) ? $"unsupported index value {index} in list" : $"unsupported index type '{index.TypeName}' in list");
    }

    private static ErrorValue Missing(CelValue target, CelValue index) =>
        target is ListValue ? new ErrorValue($"index out of bounds: {index}") : ErrorValue.NoSuchKey(index);
}
