namespace AdmissionSdk.LoadTests;

/// <summary>How much: a taste by default, the whole with ADMISSION_TESTS=full.</summary>
internal static class LoadSize
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("ADMISSION_TESTS") == "full";

    public static T Of<T>(T small, T full) => IsFull ? full : small;
}
