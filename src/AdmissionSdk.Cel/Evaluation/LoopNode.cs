using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary>A loop over a list or the keys of a map.</summary>
internal sealed class LoopNode(EvalNode range, LoopSlots slots, EvalNode condition, EvalNode step, EvalNode result) : EvalNode
{
    public override CelValue Eval(EvalFrame frame)
    {
        var over = range.Eval(frame);
        if (over.IsError)
        {
            return over;
        }

        var (first, second, accumulated) = slots;
        var outer = (First: frame.Local(first), Second: second is { } slot ? frame.Local(slot) : null, Accumulated: frame.Local(accumulated));
        frame.SetLocal(accumulated, null);
        var failed = Run(over, frame);
        var value = failed ?? result.Eval(frame);
        frame.SetLocal(first, outer.First);
        frame.SetLocal(accumulated, outer.Accumulated);
        if (second is { } other)
        {
            frame.SetLocal(other, outer.Second);
        }

        Freeze(value);
        return frame.Halt ?? value;
    }

    private ErrorValue? Run(CelValue over, EvalFrame frame)
    {
        switch (over)
        {
            case ListValue list:
                var index = 0L;
                foreach (var element in list.Elements)
                {
                    if (!Round(slots.Second is null ? element : IntValue.Of(index++), element, frame))
                    {
                        break;
                    }
                }

                return frame.Halt;
            case MapValue map:
                foreach (var key in map.Keys)
                {
                    if (!Round(key, slots.Second is null ? key : map.Find(key)!, frame))
                    {
                        break;
                    }
                }

                return frame.Halt;
            default:
                return new ErrorValue(slots.Second is null ? $"got '{GoName(over)}', expected iterable type" : $"unsupported comprehension range type: {over.TypeName}");
        }
    }

    private bool Round(CelValue first, CelValue second, EvalFrame frame)
    {
        frame.SetLocal(slots.First, first);
        if (slots.Second is { } slot)
        {
            frame.SetLocal(slot, second);
        }

        if (!frame.GoOn() || condition.Eval(frame) is BoolValue { Value: false })
        {
            return false;
        }

        frame.SetLocal(slots.Accumulated, step.Eval(frame));
        return frame.Halt is null;
    }

    private static void Freeze(CelValue value)
    {
        (value as GrowingListValue)?.Freeze();
        (value as GrowingMapValue)?.Freeze();
    }

    // The API server says the name in its own code.
    private static string GoName(CelValue value) => value.Type.Kind switch
    {
        CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.String or CelKind.Bytes or CelKind.Duration or CelKind.Timestamp or CelKind.Null => $"types.{value.Type.Kind}",
        _ => value.TypeName,
    };
}
