namespace Shared;

/// <summary>The checkout that the tests run in, found from the assembly: CI's builds map CallerFilePath to <c>/_/</c>.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Sdk.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException($"No Sdk.sln above {AppContext.BaseDirectory}.");
        }

        return directory;
    }
}
