using System.Diagnostics;
using AdmissionSdk.Memory;
using AdmissionSdk.Model;
using AdmissionSdk.Reviews;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// One review on its way through the application: the webhook with one snapshot of its settings, so that a change of the configuration does not split a
/// review, the deadline, the request, and the memory and slot that the review takes.
/// </summary>
/// <remarks>
/// Two hold an exchange: the endpoint until there is an outcome, and the handler chain until its last handler has ended, which may be later. The last
/// holder to dispose the exchange releases all that it owns.
/// </remarks>
internal sealed class ReviewExchange(WebhookRuntime webhook, EffectiveSettings settings, long arrived, ReviewDeadline deadline) : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private AdmissionRequest? _request;
    private int _holders = 1;

    public WebhookRuntime Webhook => webhook;

    public EffectiveSettings Settings => settings;

    /// <summary>The moment of arrival, as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long Arrived => arrived;

    public ReviewDeadline Deadline => deadline;

    /// <summary>True if the caller has shown a certificate that counts, so that the review's namespace and user are the API server's word.</summary>
    public bool IsCallerKnown { get; init; }

    /// <summary>Notes what the handlers do; null for a review that nobody explains.</summary>
    public ChainTrace? Trace { get; init; }

    /// <summary>The namespace, or without one the user, for whom the review takes its slot; null if the caller is not known, who can name anybody.</summary>
    public string? Share => !IsCallerKnown ? null : Request.Namespace is { Length: > 0 } name ? name : $"user {Request.User.Username}";

    /// <summary>The review as it came; owned by the exchange.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>The head of a review that could not be read to its end; null if the head is not known either.</summary>
    public AdmissionRequest? Head { get; set; }

    /// <summary>The request of the review. Its objects are slices of <see cref="Body"/>.</summary>
    public AdmissionRequest Request => _request ?? throw new InvalidOperationException("The review has not been read yet.");

    /// <summary>The memory charged to the review; null where nobody counts.</summary>
    public IReviewMemory? Memory { get; private set; }

    /// <summary>Takes the bytes over, and the memory charged for them and for all that they become.</summary>
    public void Receive(ReadOnlyMemory<byte> body, IDisposable owner, IReviewMemory? memory = null)
    {
        (Body, Memory) = (body, memory);
        Own(owner);
    }

    public void Read()
    {
        _request = AdmissionReviewReader.Read(Body);
        if (_request.Index is { } index)
        {
            index.Memory = Memory;
            if (_request.SubjectIndex is { } subject)
            {
                subject.Memory = Memory;
            }

            Own(index);
        }
    }

    /// <summary>Adds something to release when the last holder lets go.</summary>
    public void Own(IDisposable resource) => _owned.Add(resource);

    /// <summary>Adds a holder, who calls <see cref="Dispose"/> too.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    public void Dispose()
    {
        var holders = Interlocked.Decrement(ref _holders);
        Debug.Assert(holders >= 0, "Each holder disposes the exchange once.");
        if (holders == 0)
        {
            // The last taken first: what was read from the body goes before the body.
            for (var i = _owned.Count - 1; i >= 0; i--)
            {
                _owned[i].Dispose();
            }
        }
    }
}
