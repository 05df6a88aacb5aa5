namespace AdmissionSdk.Observability;

/// <summary>The names of tags on metrics and activities. A metric's tag has few values, and none that a caller chooses.</summary>
internal static class TagNames
{
    /// <summary>The webhook's name, as registered.</summary>
    public const string Webhook = "admission.webhook";

    /// <summary>One of the four operations in lower case, or <c>other</c>.</summary>
    public const string Operation = "admission.operation";

    /// <summary>One of <see cref="Outcomes"/>.</summary>
    public const string Outcome = "admission.outcome";

    /// <summary>The kind of failure of a review without a decision.</summary>
    public const string Failure = "admission.failure";

    /// <summary>The reason to turn a request away.</summary>
    public const string Reason = "admission.reason";

    /// <summary>The reason to close a connection.</summary>
    public const string Eviction = "admission.eviction";

    /// <summary>The enforcement mode: <c>warn</c> or <c>audit</c>.</summary>
    public const string Mode = "admission.mode";

    /// <summary>The result of a reload or a repair.</summary>
    public const string Result = "admission.result";

    /// <summary>The step of a rotation of managed certificates, or <c>failed</c>.</summary>
    public const string Step = "admission.step";

    /// <summary>The part of a webhook configuration that was repaired.</summary>
    public const string Part = "admission.part";

    /// <summary>The exception's type, under OpenTelemetry's own name.</summary>
    public const string ErrorType = "error.type";

    // Tags of activities only, because the values are unbounded.
    public const string Uid = "admission.uid";
    public const string Resource = "admission.resource";
    public const string Namespace = "k8s.namespace.name";
    public const string Name = "admission.name";
    public const string DryRun = "admission.dry_run";
}
