namespace AdmissionSdk.LoadTests.Support;

/// <summary>The size of what takes minutes: that of CI, or with ADMISSION_ATTACKS=full every attack in the size in which somebody would attack, and ten rotations.</summary>
internal static class AttackSize
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("ADMISSION_ATTACKS") == "full";

    /// <summary>True if every attack is run, and not only the worst.</summary>
    public static bool IsAll => IsFull;

    public static T Of<T>(T ofCi, T full) => IsFull ? full : ofCi;
}
