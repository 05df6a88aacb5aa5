using AdmissionSdk.Cel.Costs;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

internal sealed class MapNode((EvalNode Key, EvalNode Value, bool Optional)[] entries) : EvalNode
{
    public override CelValue Eval(EvalFrame frame)
    {
        var values = DictionaryMapValue.NewEntries();
        foreach (var entry in entries)
        {
            if (Add(values, entry, frame) is { } error)
            {
                frame.Charge(CallCosts.MapBase);
                return error;
            }
        }

        frame.Charge(CallCosts.MapBase);
        return new DictionaryMapValue(values);
    }

    private static CelValue? Add(Dictionary<CelValue, CelValue> values, (EvalNode Key, EvalNode Value, bool Optional) entry, EvalFrame frame)
    {
        var key = entry.Key.Eval(frame);
        if (key.IsError)
        {
            return key;
        }

        if (key is not (StringValue or IntValue or UintValue or BoolValue or DoubleValue or NullValue))
        {
            return new ErrorValue($"unsupported key type: {key.TypeName}");
        }

        var value = entry.Value.Eval(frame);
        if (value.IsError)
        {
            return value;
        }

        if (entry.Optional)
        {
            if (value is not OptionalValue optional)
            {
                return new ErrorValue($"cannot initialize optional entry '{key}' from non-optional value {value}");
            }

            if (optional.Value is null)
            {
                values.Remove(key);
                return null;
            }

            value = optional.Value;
        }

        // The last of equal keys counts, as in Kubernetes.
        values[key] = value;
        return null;
    }
}
