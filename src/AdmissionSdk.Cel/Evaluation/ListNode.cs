using AdmissionSdk.Cel.Costs;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

internal sealed class ListNode(EvalNode[] elements, IReadOnlySet<int> optionals) : EvalNode
{
    public override CelValue Eval(EvalFrame frame)
    {
        var values = new List<CelValue>(elements.Length);
        CelValue? error = null;
        for (var i = 0; i < elements.Length && error is null; i++)
        {
            var value = elements[i].Eval(frame);
            if (value.IsError)
            {
                error = value;
            }
            else if (!optionals.Contains(i))
            {
                values.Add(value);
            }
            else if (value is not OptionalValue optional)
            {
                error = new ErrorValue($"cannot initialize optional list element from non-optional value {value}");
            }
            else if (optional.Value is { } held)
            {
                values.Add(held);
            }
        }

        frame.Charge(CallCosts.ListBase);
        return error ?? new ArrayListValue(values);
    }
}
