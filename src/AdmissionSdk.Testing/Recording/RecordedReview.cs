using System.Diagnostics;

namespace AdmissionSdk.Testing;

/// <summary>A review of a recording, and its recorded outcome.</summary>
[DebuggerDisplay("{Webhook,nq}: {Review.Description,nq}")]
public sealed class RecordedReview
{
    internal RecordedReview(DateTimeOffset time, string webhook, string path, AdmissionReviewBuilder review, AdmissionOutcome outcome)
    {
        Time = time;
        Webhook = webhook;
        Path = path;
        Review = review;
        Outcome = outcome;
    }

    /// <summary>The time of the response.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The webhook's name.</summary>
    public string Webhook { get; }

    /// <summary>The path of the POST.</summary>
    public string Path { get; }

    /// <summary>The review, redacted.</summary>
    public AdmissionReviewBuilder Review { get; }

    /// <summary>The recorded outcome, redacted.</summary>
    public AdmissionOutcome Outcome { get; }
}
