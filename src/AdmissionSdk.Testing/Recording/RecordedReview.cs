using System.Diagnostics;

namespace AdmissionSdk.Testing;

/// <summary>One review of a recording, and how it was answered then.</summary>
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

    /// <summary>When it was answered.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The webhook's name.</summary>
    public string Webhook { get; }

    /// <summary>The path it was posted to.</summary>
    public string Path { get; }

    /// <summary>The review, redacted.</summary>
    public AdmissionReviewBuilder Review { get; }

    /// <summary>The recorded answer, redacted.</summary>
    public AdmissionOutcome Outcome { get; }
}
