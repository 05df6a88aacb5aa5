using System.Text;
using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Tests.Manifests;

/// <remarks>Covers <see cref="ImageRewriteCommand"/>, <see cref="ManifestScanner"/>, <see cref="ImageJudge"/>.</remarks>
public sealed class RewriteFixtureTests : IDisposable
{
    private const string Hub = "rules: [{name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub}]\ndefault: allow\n";

    private static readonly string[] Custom =
        ["--custom-kind", "Rollout.argoproj.io=spec.template.spec", "--custom-kind", "Workflow.argoproj.io=spec.templates[*].container.image"];

    private readonly CommandRun _run = new();

    public static TheoryData<ManifestFixture> Fixtures => [.. ManifestFixture.All];

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Fixtures_AreAllDescribed() => Assert.Equal(
        Directory.GetFiles(ManifestFixture.Directory).Select(Path.GetFileName).Where(name => name != "edits.txt").Order(StringComparer.Ordinal),
        ManifestFixture.All.Select(fixture => fixture.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Rewrite_Manifest_ChangesImagesAndNoOtherByte(ManifestFixture fixture)
    {
        var (code, output, error) = Rewrite(fixture.Path);

        Assert.Equal((fixture.ExitCode, fixture.ExitCode == 0), (code, error.Split('\n').All(line => line.Length == 0 || line.Contains(": warning: ", StringComparison.Ordinal) || line.Contains(" not judged", StringComparison.Ordinal))));
        if (code == 2)
        {
            Assert.Equal("", output);
            Assert.Contains("this is a template that was not rendered ({{ }}): render it with helm template first", error, StringComparison.Ordinal);
            return;
        }

        AssertOnlyEdits(File.ReadAllBytes(fixture.Path), Encoding.UTF8.GetBytes(output), fixture.Edits);
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Rewrite_ItsOwnOutput_ChangesNothing(ManifestFixture fixture)
    {
        var first = Rewrite(fixture.Path);
        var again = _run.Path(fixture.Name);
        File.WriteAllBytes(again, Encoding.UTF8.GetBytes(first.Output));

        Assert.Equal(first.Output, Rewrite(again).Output);
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Rewrite_WriteAndDiff_AgreeWithTheOutput(ManifestFixture fixture)
    {
        var before = File.ReadAllBytes(fixture.Path);
        var copy = _run.Path(fixture.Name);
        File.WriteAllBytes(copy, before);
        var output = Rewrite(copy).Output;

        var diff = Rewrite(copy, "--diff");
        Assert.Equal(fixture.ExitCode, diff.Code);
        Assert.Equal(before, File.ReadAllBytes(copy));

        Assert.Equal(fixture.ExitCode, Rewrite(copy, "--write").Code);
        var written = File.ReadAllBytes(copy);

        // A file that cannot be read stays as it is.
        Assert.Equal(fixture.ExitCode == 2 ? before : Encoding.UTF8.GetBytes(output), written);
        if (fixture.ExitCode != 2)
        {
            var mark = output.StartsWith('\ufeff') ? 1 : 0;
            Assert.Equal(output[mark..], UnifiedDiff.Apply(Encoding.UTF8.GetString(before)[mark..], diff.Output));
        }
    }

    // Walks both texts: they are equal up to the first change, which must be the first expected change, and so on, and equal after the last change.
    private static void AssertOnlyEdits(byte[] before, byte[] after, IReadOnlyList<(string Before, string After)> edits)
    {
        var (old, now) = (Encoding.Latin1.GetString(before), Encoding.Latin1.GetString(after));
        var (left, right) = (0, 0);
        foreach (var edit in edits)
        {
            var same = Same(old, left, now, right);
            var at = Enumerable.Range(left, same + 1).Reverse().FirstOrDefault(
                start => Starts(old, start, edit.Before) && Starts(now, right + start - left, edit.After), -1);
            Assert.True(at >= 0, $"{edit.Before} did not become {edit.After} at byte {left + same}");
            (left, right) = (at + edit.Before.Length, right + at - left + edit.After.Length);
        }

        Assert.Equal(old[left..], now[right..]);
    }

    private static int Same(string old, int left, string now, int right)
    {
        var count = 0;
        while (left + count < old.Length && right + count < now.Length && old[left + count] == now[right + count])
        {
            count++;
        }

        return count;
    }

    private static bool Starts(string text, int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;

    private (int Code, string Output, string Error) Rewrite(string path, params string[] more) =>
        _run.Run(null, ["rewrite", path, "--policy", _run.Write("policy.yaml", Hub), .. Custom, .. more]);
}
