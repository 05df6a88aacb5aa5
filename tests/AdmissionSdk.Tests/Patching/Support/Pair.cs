namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>An object that is written as a string.</summary>
internal sealed class Pair
{
    public int Left { get; set; }

    public int Right { get; set; }
}
