namespace AdmissionSdk.LoadTests.Support;

/// <summary>The size of attacks: that of CI, or with ADMISSION_ATTACKS=full the size in which somebody would attack, which takes a minute for each.</summary>
internal static class AttackSize
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("ADMISSION_ATTACKS") == "full";

    /// <summary>True if every attack is run, and not only the worst.</summary>
    public static bool IsAll { get; } = IsFull || LoadSize.IsFull;

    public static T Of<T>(T ofCi, T full) => IsFull ? full : ofCi;
}
