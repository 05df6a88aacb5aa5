namespace AdmissionSdk.Drift;

/// <summary>Settings of the drift check.</summary>
public sealed class DriftOptions
{
    /// <summary>How long after one comparison the next is made. The first is made when the application starts.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the API server may take to answer.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
