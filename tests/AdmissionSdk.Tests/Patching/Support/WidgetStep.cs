namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>An element without one.</summary>
internal sealed record WidgetStep
{
    public string? Run { get; set; }
}
