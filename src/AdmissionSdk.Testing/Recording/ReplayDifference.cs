using System.Diagnostics;
using AdmissionSdk.Testing.Outcomes;

namespace AdmissionSdk.Testing;

/// <summary>A review with two different outcomes.</summary>
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

    /// <summary>The outcome of the recording, or of the one build.</summary>
    public AdmissionOutcome Before { get; }

    /// <summary>The outcome of the application, or of the other build.</summary>
    public AdmissionOutcome After { get; }

    /// <summary>The differences, a line each.</summary>
    public IReadOnlyList<string> Changes { get; }

    /// <summary>Describes the review and the differences.</summary>
    /// <returns>Lines of text.</returns>
    public override string ToString() =>
        string.Join(Environment.NewLine, [$"{Review.Webhook}: {Review.Review.Description}", .. Changes.Select(change => $"  {change}")]);
}
