namespace ImageRegistryWebhook.Tests.Support;

/// <summary>Runs a property over random cases: few by default, many in CI.</summary>
internal static class RandomRuns
{
    public static bool Full => Environment.GetEnvironmentVariable("ADMISSION_TESTS") == "full";

    /// <summary>Runs the property once for each case. Each case has its own seed, and a failure names the seed.</summary>
    public static void Each(int small, int full, Action<Random> property)
    {
        for (var seed = 0; seed < (Full ? full : small); seed++)
        {
            try
            {
                property(new Random(seed));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}: {exception.Message}", exception);
            }
        }
    }
}
