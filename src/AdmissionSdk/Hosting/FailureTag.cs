using AdmissionSdk.Reviews;

namespace AdmissionSdk.Hosting;

/// <summary>The kind of failure as a tag.</summary>
internal static class FailureTag
{
    public static IReadOnlyList<string> All { get; } =
        [.. Enum.GetValues<FailureKind>().Where(kind => kind != FailureKind.None).Select(Of)];

    public static string Of(FailureKind kind) => kind switch
    {
        FailureKind.Handler => "handler",
        FailureKind.Undecodable => "undecodable",
        FailureKind.Unmatched => "unmatched",
        FailureKind.TimedOut => "timed_out",
        FailureKind.Busy => "busy",
        FailureKind.Patch => "patch",
        FailureKind.SelfCheck => "self_check",
        FailureKind.Canceled => "canceled",
        _ => "none",
    };
}
