namespace AdmissionSdk.Drift;

/// <summary>Settings of the drift check.</summary>
public sealed class DriftOptions
{
    /// <summary>The interval between comparisons. The first comparison is made when the application starts.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest that the API server may take to respond.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
