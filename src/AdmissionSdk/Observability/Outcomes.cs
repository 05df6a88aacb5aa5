namespace AdmissionSdk.Observability;

/// <summary>The outcomes of a review, values of the tag <see cref="TagNames.Outcome"/>.</summary>
internal static class Outcomes
{
    public const string Allowed = "allowed";
    public const string Patched = "patched";
    public const string Denied = "denied";
    public const string Failed = "failed";
    public const string TimedOut = "timed_out";
    public const string Canceled = "canceled";
}
