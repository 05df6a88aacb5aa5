namespace AdmissionSdk.LoadTests.Support;

/// <summary>The size of a load: a small one by default, the full one with ADMISSION_TESTS=full.</summary>
internal static class LoadSize
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("ADMISSION_TESTS") == "full";

    public static T Of<T>(T small, T full) => IsFull ? full : small;
}
