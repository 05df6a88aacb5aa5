using Architecture.Tests.Support;

namespace Architecture.Tests;

/// <summary>The folders of each package are layers: none reaches itself again over others. The root folder counts as one.</summary>
/// <remarks>Covers docs/architecture.md.</remarks>
public sealed class LayerTests
{
    public static TheoryData<string> Packages() => [.. Package.All];

    [Theory]
    [MemberData(nameof(Packages))]
    public void TopFolders_HaveNoRing(string package) => AssertNoRing(Package.Open(package).Uses(file => file.Split('/') is [var top, _, ..] ? top : "(root)"));

    [Theory]
    [MemberData(nameof(Packages))]
    public void AllFolders_HaveNoRing(string package) =>
        AssertNoRing(Package.Open(package).Uses(file => Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : "(root)"));

    [Fact]
    public void RoomsOfPatching_DoNotUseTheRoot() =>
        Expect.None(
            from use in Package.Open("src/AdmissionSdk").Uses(file => Path.GetDirectoryName(file)!)
            where use.From.StartsWith("Patching/", StringComparison.Ordinal) && use.To == "Patching"
            select $"{use.Files.From} uses {use.Files.To}");

    [Fact]
    public void Uses_OfARing_AreFound()
    {
        FileUse[] uses = [new("A/One.cs", "B/Two.cs"), new("B/Two.cs", "C/Three.cs"), new("C/Three.cs", "A/One.cs"), new("D/Four.cs", "A/One.cs")];

        var ring = Assert.Single(Rings.Find([.. uses.Select(use => new FolderUse(use.From[..1], use.To[..1], use))]));

        Assert.Equal(["A", "B", "C"], ring.Order());
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_IsSeen(string package)
    {
        // A reader that binds nothing would find no ring either.
        var uses = Package.Open(package).Uses(file => Path.GetDirectoryName(file)!);

        Assert.True(uses.Select(use => use.From).Distinct().Count() > 5, $"Only {uses.Count} uses were found in {package}.");
    }

    private static void AssertNoRing(IReadOnlyCollection<FolderUse> uses)
    {
        var rings = Rings.Find(uses).Select(ring => string.Join(
            Environment.NewLine,
            [
                $"A ring of {string.Join(", ", ring.Order(StringComparer.Ordinal))}:",
                .. uses.Where(use => ring.Contains(use.From) && ring.Contains(use.To))
                    .GroupBy(use => $"  {use.From} -> {use.To}", StringComparer.Ordinal)
                    .OrderBy(group => group.Count())
                    .Select(group => $"{group.Key} ({group.Count()}): {string.Join("; ", group.Take(6).Select(use => $"{use.Files.From} uses {use.Files.To}"))}"),
            ]));
        Assert.True(!rings.Any(), string.Join(Environment.NewLine, rings));
    }
}
