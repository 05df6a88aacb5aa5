namespace AdmissionSdk.Observability;

/// <summary>Makes the values of tags: few for each tag, and none that a caller chooses.</summary>
internal static class MetricTags
{
    /// <summary>The result of something that worked.</summary>
    public const string Ok = "ok";

    /// <summary>The result of something that did not work.</summary>
    public const string Failed = "failed";

    public static IReadOnlyList<string> Failures { get; } =
        [.. Enum.GetValues<FailureKind>().Where(kind => kind != FailureKind.None).Select(For)];

    public static string For(Operation operation) => operation.Value switch
    {
        "CREATE" => "create",
        "UPDATE" => "update",
        "DELETE" => "delete",
        "CONNECT" => "connect",
        _ => "other",
    };

    public static string For(FailureKind kind) => kind switch
    {
        FailureKind.Handler => "handler",
        FailureKind.Undecodable => "undecodable",
        FailureKind.Unmatched => "unmatched",
        FailureKind.TimedOut => "timed_out",
        FailureKind.Busy => "busy",
        FailureKind.Memory => "memory",
        FailureKind.Patch => "patch",
        FailureKind.SelfCheck => "self_check",
        FailureKind.Canceled => "canceled",
        _ => "none",
    };

    public static string For(EnforcementMode mode) => mode == EnforcementMode.Warn ? "warn" : "audit";
}
