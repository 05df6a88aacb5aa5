namespace ImageRegistryWebhook.Tests.Support;

/// <summary>A manifest and the expected changes of <c>rewrite</c>.</summary>
/// <param name="Name">The file.</param>
/// <param name="ExitCode">The exit code of rewrite.</param>
/// <param name="Edits">The scalars that change, as written before and after.</param>
public sealed record ManifestFixture(string Name, int ExitCode, IReadOnlyList<(string Before, string After)> Edits)
{
    public static string Directory { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", "manifests");

    public static IReadOnlyList<ManifestFixture> All { get; } = [.. Read()];

    public string Path => System.IO.Path.Combine(Directory, Name);

    public override string ToString() => Name;

    private static IEnumerable<ManifestFixture> Read()
    {
        List<(string, string)> edits = [];
        foreach (var line in File.ReadLines(System.IO.Path.Combine(Directory, "edits.txt")).Where(line => !line.StartsWith('#')).Reverse())
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line.StartsWith(' '))
            {
                edits.Insert(0, (words[0], words[2]));
                continue;
            }

            yield return new(words[0], int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), edits);
            edits = [];
        }
    }
}
