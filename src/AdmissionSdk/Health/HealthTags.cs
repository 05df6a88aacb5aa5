namespace AdmissionSdk.Health;

/// <summary>Which of the application's health checks the readiness probe runs.</summary>
internal static class HealthTags
{
    public const string Ready = "admission-ready";
}
