namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A user's class with a member whose converter is wrong.</summary>
internal sealed class Scrawl
{
    public ScrawlNote? Note { get; set; }
}
