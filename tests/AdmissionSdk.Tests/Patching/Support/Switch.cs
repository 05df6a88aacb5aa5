namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A value of which there are two objects in all.</summary>
internal sealed class Switch
{
    public static Switch On { get; } = new();

    public static Switch Off { get; } = new();
}
