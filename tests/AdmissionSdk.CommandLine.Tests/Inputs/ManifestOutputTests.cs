using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Tests.Support;

namespace AdmissionSdk.CommandLine.Tests.Inputs;

/// <remarks>Covers <see cref="ManifestOutput"/>, <see cref="ManifestOutputOptions"/>, <see cref="LineDiff"/>, <see cref="AtomicFile"/>.</remarks>
public sealed class ManifestOutputTests
{
    [Fact]
    public async Task Options_WriteAndDiff_AreRefusedTogether()
    {
        var run = await CommandRun.RunAsync("rewrite --write --diff a.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--write and --diff cannot be combined", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n")]
    [InlineData("a\n", "a\nb\n", "@@ -1,1 +1,2 @@\n a\n+b\n")]
    [InlineData("a\nb", "a\nc", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n")]
    [InlineData("", "a\n", "@@ -0,0 +1,1 @@\n+a\n")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n00\n1\n2\n3\n4\n5\n6\n7\n8\n", "@@ -1,3 +1,5 @@\n+0\n+00\n 1\n 2\n 3\n@@ -6,4 +8,3 @@\n 6\n 7\n 8\n-9\n")]
    public void Diff_OfTwoTexts_IsUnified(string before, string after, string hunks)
    {
        using var output = new StringWriter();

        LineDiff.Write("a.yaml", before, after, output);

        Assert.Equal("--- a.yaml\n+++ a.yaml\n" + hunks, output.ToString());
    }

    [Fact]
    public void AtomicFile_Link_ReplacesTheTextOfItsTarget()
    {
        var directory = Directory.CreateTempSubdirectory("atomic-").FullName;
        try
        {
            var (target, link) = (Path.Combine(directory, "target"), Path.Combine(directory, "link"));
            File.WriteAllText(target, "before");
            File.CreateSymbolicLink(link, target);

            AtomicFile.Write(link, "after"u8.ToArray());

            Assert.Equal("after", File.ReadAllText(target));
            Assert.NotNull(new FileInfo(link).LinkTarget);
            Assert.Equal(2, Directory.GetFiles(directory).Length);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
