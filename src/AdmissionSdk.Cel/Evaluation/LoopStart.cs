using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary>The first result of a loop. An empty list or map that only the loop sees may grow in place.</summary>
internal sealed class LoopStart(EvalNode initial, bool grows)
{
    public CelValue Value(EvalFrame frame) => initial.Eval(frame) switch
    {
        ListValue { Count: 0 } when grows => new GrowingListValue(),
        MapValue { Count: 0 } when grows => new GrowingMapValue(),
        var value => value,
    };
}
