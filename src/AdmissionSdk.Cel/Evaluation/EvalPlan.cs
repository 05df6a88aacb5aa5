using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary>An expression that is ready to run, again and again and on several threads.</summary>
internal sealed class EvalPlan(EvalNode root, int globals, int locals)
{
    // Steps that have no cost: ten for each unit of the limit.
    private const int StepsPerUnit = 10;
    private const long StepsWithoutLimit = 100_000_000;

    public (CelValue Value, long Cost) Run(IVariableSource source, long costLimit, CancellationToken cancellationToken)
    {
        var frame = new EvalFrame(source, globals, locals, cancellationToken) { CostLimit = costLimit };
        var outer = Effort.Begin(costLimit > 0 ? costLimit * StepsPerUnit : StepsWithoutLimit);
        try
        {
            var value = root.Eval(frame);
            // Beside something unknown, an error is as uncertain as the unknown.
            var isUnknown = frame.Halt is null && frame.UnknownRead is not null && value is ErrorValue;
            return (frame.Halt ?? (isUnknown ? new UnknownValue(frame.UnknownRead!) : value), frame.Cost);
        }
        catch (EffortExceededException)
        {
            return (new ErrorValue("operation cancelled: actual cost limit exceeded"), Math.Max(frame.Cost, costLimit));
        }
        finally
        {
            Effort.End(outer);
        }
    }
}
