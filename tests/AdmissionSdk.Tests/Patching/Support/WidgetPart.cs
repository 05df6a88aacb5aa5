namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>An element with a merge key.</summary>
internal sealed record WidgetPart
{
    public string? Id { get; set; }

    public IList<string>? Tags { get; set; }

    public IDictionary<string, string>? Options { get; set; }

    public WidgetStep? Inner { get; set; }
}
