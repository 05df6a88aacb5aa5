namespace AdmissionSdk.Observability;

/// <summary>The names of the instruments of the meter <c>AdmissionSdk</c>. A change breaks users' dashboards and alerts.</summary>
internal static class MetricNames
{
    public const string Meter = "AdmissionSdk";
    public const string Reviews = "admission.reviews";
    public const string ReviewDuration = "admission.review.duration";
    public const string ActiveReviews = "admission.review.active";
    public const string ReviewFailures = "admission.review.failures";
    public const string DeadlineRemaining = "admission.review.deadline.remaining";
    public const string WouldDeny = "admission.review.would_deny";
    public const string PatchOperations = "admission.patch.operations";
    public const string HandlerFailures = "admission.handler.failures";
    public const string AbandonedCalls = "admission.handler.abandoned";
    public const string RequestRejections = "admission.request.rejections";
    public const string Connections = "admission.connection.active";
    public const string ConnectionEvictions = "admission.connection.evictions";
    public const string ConnectionRefusals = "admission.connection.refusals";
    public const string CertificateExpiry = "admission.certificate.expiry";
    public const string CaExpiry = "admission.certificate.ca.expiry";
    public const string CertificateReloads = "admission.certificate.reloads";
    public const string CertificateRotations = "admission.certificate.rotations";
    public const string ConfigurationRepairs = "admission.configuration.repairs";
    public const string ConfigurationDrift = "admission.configuration.drift";
}
