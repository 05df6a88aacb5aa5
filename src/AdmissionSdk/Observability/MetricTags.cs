namespace AdmissionSdk.Observability;

/// <summary>The values of tags that are made from something else. A tag has few values, none of them chosen by whoever makes a request.</summary>
internal static class MetricTags
{
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
        FailureKind.Patch => "patch",
        FailureKind.SelfCheck => "self_check",
        FailureKind.Canceled => "canceled",
        _ => "none",
    };

    public static string For(EnforcementMode mode) => mode == EnforcementMode.Warn ? "warn" : "audit";
}
