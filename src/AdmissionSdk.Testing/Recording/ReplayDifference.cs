using System.Diagnostics;
using AdmissionSdk.Testing.Outcomes;

namespace AdmissionSdk.Testing;

/// <summary>A review that is answered differently now.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ReplayDifference
{
    internal ReplayDifference(RecordedReview review, AdmissionOutcome before, AdmissionOutcome after)
    {
        Review = review;
        Before = before;
        After = after;
        Changes = OutcomeContent.Differences(before, after);
    }

    /// <summary>The review.</summary>
    public RecordedReview Review { get; }

    /// <summary>The answer of the recording, or of the one build.</summary>
    public AdmissionOutcome Before { get; }

    /// <summary>The answer of the application, or of the other build.</summary>
    public AdmissionOutcome After { get; }

    /// <summary>What differs, a line each.</summary>
    public IReadOnlyList<string> Changes { get; }

    /// <summary>The review and what differs.</summary>
    /// <returns>Several lines of text.</returns>
    public override string ToString() =>
        string.Join(Environment.NewLine, [$"{Review.Webhook}: {Review.Review.Description}", .. Changes.Select(change => $"  {change}")]);
}
