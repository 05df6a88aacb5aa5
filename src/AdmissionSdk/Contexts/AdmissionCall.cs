using System.Collections.ObjectModel;
using AdmissionSdk.Memory;
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
    private ReviewNotes? _notes;
    private bool _ended;

    public AdmissionRequest Request { get; } = request;

    public string Webhook { get; } = webhook;

    public AdmissionJson Json { get; } = json;

    public IServiceProvider Services { get; } = services;

    /// <summary>The evolving object of a mutating webhook; null in a validating one.</summary>
    public PatchSession? Patch { get; init; }

    /// <summary>The memory charged to the review; null where nobody counts, as in unit tests.</summary>
    public IReviewMemory? Memory { get; init; }

    /// <summary>True to look for edits that a validator made, which have no effect.</summary>
    public bool DetectsEdits { get; init; }

    /// <summary>Fires when the response is due. From then on nobody waits for the handlers.</summary>
    public CancellationToken Due { get; init; }

    public void Warn(string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        lock (_lock)
        {
            ThrowIfOver();
            (_notes ??= new()).Warn(message);
        }
    }

    public void Annotate(string key, string value)
    {
        AuditAnnotationKey.ThrowIfInvalid(key);
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            ThrowIfOver();
            (_notes ??= new()).Annotate(key, value);
        }
    }

    /// <summary>Tells if there is a warning or an annotation.</summary>
    public bool HasNotes
    {
        get
        {
            lock (_lock)
            {
                return _notes is not null;
            }
        }
    }

    /// <summary>The notes so far, for the handlers.</summary>
    public (IReadOnlyList<string> Warnings, IReadOnlyDictionary<string, string> Annotations) ReadNotes()
    {
        ThrowIfOver();
        return TakeNotes();
    }

    /// <summary>The notes, for the response.</summary>
    public (IReadOnlyList<string> Warnings, IReadOnlyDictionary<string, string> Annotations) TakeNotes()
    {
        lock (_lock)
        {
            return _notes is null ? ([], ReadOnlyDictionary<string, string>.Empty) : (_notes.CopyWarnings(), _notes.CopyAnnotations());
        }
    }

    /// <summary>Runs <paramref name="read"/> while the request's bytes certainly belong to this call.</summary>
    public TResult WhileActive<TResult>(Func<AdmissionRequest, TResult> read)
    {
        lock (_lock)
        {
            ThrowIfOver();
            return read(Request);
        }
    }

    /// <summary>Refuses use of a review that has ended, or whose response is due.</summary>
    public void ThrowIfOver()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _ended), typeof(AdmissionContext));
        ThrowIfAbandoned();
    }

    /// <summary>Cuts a handler off that nobody waits for any more, even if the handler ignores its token: one volatile read.</summary>
    public void ThrowIfAbandoned() => Due.ThrowIfCancellationRequested();

    /// <summary>Ends the call: from then on the contexts refuse use, and the body may go back to the pool.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
        }
    }
}
