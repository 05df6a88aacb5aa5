namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>A theory that needs a real kube-apiserver, as <see cref="ApiServerFactAttribute"/> is a fact.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ApiServerTheoryAttribute : TheoryAttribute
{
    /// <summary>The oldest version the test can use, such as "1.25".</summary>
    public string? MinVersion { get; set; }

    public override string? Skip
    {
        get => base.Skip ?? ApiServerNeed.ReasonNotToRun(MinVersion);
        set => base.Skip = value;
    }
}
