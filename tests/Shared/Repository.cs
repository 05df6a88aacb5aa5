namespace Shared;

/// <summary>The checkout that the tests run in. Not by CallerFilePath: CI's builds map source paths to <c>/_/</c>.</summary>
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
