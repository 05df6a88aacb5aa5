namespace AdmissionSdk.Drift;

/// <summary>Settings of the drift check.</summary>
public sealed class DriftOptions
{
    /// <summary>The interval between comparisons. The first comparison is made when the application starts.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Puts the registration back, within seconds, when somebody changes or deletes the webhook configurations that <c>apply</c> made. Additions of
    /// others stay. Needs rights to watch, patch and create the application's own configurations, which <c>manifests</c> writes.
    /// </summary>
    /// <remarks>
    /// The version of the application that was applied last repairs, and no other, so that two versions in a roll-out do not fight. Whoever overwrites the
    /// configuration again and again wins after five rounds in ten minutes. To uninstall, delete the Deployment before the configurations.
    /// </remarks>
    /// <value>The default is false: drift is only reported.</value>
    public bool RepairDrift { get; set; }

    /// <summary>The longest that the API server may take to respond.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
