namespace Architecture.Tests.Support;

/// <summary>Asserts that a search found nothing, and lists all that it found.</summary>
public static class Expect
{
    public static void None(IEnumerable<string> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, $"Found {all.Count}:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }
}
