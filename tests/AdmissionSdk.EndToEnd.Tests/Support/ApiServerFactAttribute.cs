namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>A test that needs a real kube-apiserver, and is reported as not run, with the reason, on a machine without one that is new enough.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ApiServerFactAttribute : FactAttribute
{
    /// <summary>The oldest version the test can use, such as "1.25".</summary>
    public string? MinVersion { get; set; }

    public override string? Skip
    {
        get => base.Skip ?? ApiServerNeed.ReasonNotToRun(MinVersion);
        set => base.Skip = value;
    }
}
