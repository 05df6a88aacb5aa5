namespace AdmissionSdk.Observability;

/// <summary>The names of tags on metrics and activities. A metric's tag has few values, none of them chosen by whoever makes a request.</summary>
internal static class TagNames
{
    /// <summary>The webhook's name, as registered.</summary>
    public const string Webhook = "admission.webhook";

    /// <summary>One of the four operations in lower case, or <c>other</c>.</summary>
    public const string Operation = "admission.operation";

    /// <summary>One of <see cref="Outcomes"/>.</summary>
    public const string Outcome = "admission.outcome";

    /// <summary>Why no decision was reached.</summary>
    public const string Failure = "admission.failure";

    /// <summary>Why a request was turned away before it was a review.</summary>
    public const string Reason = "admission.reason";

    /// <summary>The enforcement mode: <c>warn</c> or <c>audit</c>.</summary>
    public const string Mode = "admission.mode";

    /// <summary>The exception's type: OpenTelemetry's own name for it.</summary>
    public const string ErrorType = "error.type";

    // On activities only: their values are unbounded.
    public const string Uid = "admission.uid";
    public const string Resource = "admission.resource";
    public const string Namespace = "k8s.namespace.name";
    public const string Name = "admission.name";
    public const string DryRun = "admission.dry_run";
}
