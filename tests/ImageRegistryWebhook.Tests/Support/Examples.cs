using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>The example policies of the sample.</summary>
internal static class Examples
{
    private static readonly string Root = System.IO.Path.Combine(AppContext.BaseDirectory, "policies");

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetDirectories(Root).Select(directory => System.IO.Path.GetFileName(directory)).Order(StringComparer.Ordinal)];

    public static string Path(string name, string file) => System.IO.Path.Combine(Root, name, file);

    public static string Text(string name) => File.ReadAllText(Path(name, "policy.yaml"));

    public static PolicyLoad Load(string name) => PolicyReader.Read(Text(name), "policy.yaml", file => File.ReadAllText(Path(name, file)));
}
