using AdmissionSdk.Patching;
using AdmissionSdk.Reviews;

namespace AdmissionSdk.Contexts;

/// <summary>
/// The state that the contexts of all handlers behind one webhook share during a review: the request's slices, the patch, the response's warnings and
/// annotations, and whether the review has ended.
/// </summary>
internal sealed class AdmissionCall(AdmissionRequest request, string webhook, AdmissionJson json, IServiceProvider services)
{
    private readonly Lock _lock = new();
    private List<string>? _warnings;
    private Dictionary<string, string>? _annotations;
    private bool _ended;

    public AdmissionRequest Request { get; } = request;

    public string Webhook { get; } = webhook;

    public AdmissionJson Json { get; } = json;

    public IServiceProvider Services { get; } = services;

    /// <summary>The evolving object of a mutating webhook; null in a validating one.</summary>
    public PatchSession? Patch { get; init; }

    /// <summary>True to look for edits that a validator made, which have no effect.</summary>
    public bool DetectsEdits { get; init; }

    public void Warn(string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        var text = WarningText.Clean(message);
        lock (_lock)
        {
            ThrowIfEnded();
            (_warnings ??= []).Add(text);
        }
    }

    public void Annotate(string key, string value)
    {
        AuditAnnotationKey.ThrowIfInvalid(key);
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            ThrowIfEnded();
            (_annotations ??= new(StringComparer.Ordinal))[key] = value;
        }
    }

    /// <summary>Tells if there is a warning or an annotation.</summary>
    public bool HasNotes
    {
        get
        {
            lock (_lock)
            {
                return _warnings is not null || _annotations is not null;
            }
        }
    }

    /// <summary>The notes so far, for the handlers.</summary>
    public (IReadOnlyList<string> Warnings, IReadOnlyDictionary<string, string> Annotations) ReadNotes()
    {
        ThrowIfEnded();
        return TakeNotes();
    }

    /// <summary>The notes, for the response.</summary>
    public (IReadOnlyList<string> Warnings, IReadOnlyDictionary<string, string> Annotations) TakeNotes()
    {
        lock (_lock)
        {
            return ([.. _warnings ?? []], new Dictionary<string, string>(_annotations ?? [], StringComparer.Ordinal));
        }
    }

    /// <summary>Runs <paramref name="read"/> while the request's bytes certainly belong to this call.</summary>
    public TResult WhileActive<TResult>(Func<AdmissionRequest, TResult> read)
    {
        lock (_lock)
        {
            ThrowIfEnded();
            return read(Request);
        }
    }

    public void ThrowIfEnded() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _ended), typeof(AdmissionContext));

    /// <summary>Ends the call: from then on the contexts refuse use, and the body may go back to the pool.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
        }
    }
}
