using System.Diagnostics;
using AdmissionSdk.Contexts;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Notes what each handler of a review did, for a command that explains a review. A feature of the request: a review that the API server sends has none.
/// </summary>
internal sealed class ChainTrace
{
    private readonly List<HandlerStep> _steps = [];
    private IReadOnlyList<string> _warnings = [];
    private IReadOnlyDictionary<string, string> _annotations = new Dictionary<string, string>();
    private ReadOnlyMemory<byte> _before;
    private long _began;

    /// <summary>The handlers that ran, in order.</summary>
    public IReadOnlyList<HandlerStep> Steps => _steps;

    public void Begin(HandlerDescriptor handler, AdmissionCall call)
    {
        _steps.Add(new HandlerStep(handler));
        (_warnings, _annotations) = call.TakeNotes();
        _before = call.Patch?.Current.ToArray();
        _began = Stopwatch.GetTimestamp();
    }

    public void End(AdmissionResult? result, AdmissionCall call)
    {
        var step = _steps[^1];
        step.Elapsed = Stopwatch.GetElapsedTime(_began);
        step.Result = result;
        var (warnings, annotations) = call.TakeNotes();
        step.Warnings = [.. warnings.Skip(_warnings.Count)];
        step.Annotations = annotations.Where(item => _annotations.GetValueOrDefault(item.Key) != item.Value).ToDictionary();
        if (call.Patch is { } session && result?.Decision == AdmissionDecision.Allow)
        {
            var state = new DiffState(PatchLimits.Default);
            JsonDiff.AddDifference(state, JsonPointer.Root, _before, session.Current.ToArray());
            step.Edit = state.Patch.Finish();
        }
    }

    /// <summary>Notes the exception that ended the chain.</summary>
    public void Fail(Exception exception)
    {
        if (_steps.Count > 0)
        {
            _steps[^1].Exception = exception;
        }
    }
}
