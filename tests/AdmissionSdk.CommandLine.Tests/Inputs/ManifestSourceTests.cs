using System.Text;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Tests.Inputs;

/// <remarks>Covers <see cref="ManifestSource"/>, <see cref="ManifestFiles"/>, <see cref="ManifestText"/>, <see cref="ManifestObject"/>, <see cref="ManifestObjectReader"/>, <see cref="Unrendered"/>.</remarks>
public sealed class ManifestSourceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("source-").FullName;
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly List<Finding> _reported = [];

    public void Dispose()
    {
        _error.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void Read_Directory_HasItsManifestsOnceInOrder()
    {
        Write("b.yml", "");
        Write("a.yaml", "");
        Write("notes.txt", "");
        Write("sub/c.json", "");
        Write(".hidden/d.yaml", "");

        Assert.Equal(["a.yaml", "b.yml", "sub/c.json"], Names(_directory, Path.Combine(_directory, "a.yaml")));
    }

    [Theory]
    [InlineData("*.yaml", "a.yaml")]
    [InlineData("**/*.yaml", "a.yaml sub/b.yaml")]
    public void Read_Glob_HasWhatMatches(string pattern, string expected)
    {
        Write("a.yaml", "");
        Write("sub/b.yaml", "");

        Assert.Equal(expected.Split(' '), Names(Path.Combine(_directory, pattern)));
    }

    [Theory]
    [InlineData("missing.yaml", "missing.yaml:1:1: error: the file or directory missing.yaml does not exist")]
    [InlineData("*.missing", "*.missing:1:1: error: no file matches *.missing")]
    public void Read_MissingFile_IsReportedOnce(string path, string expected)
    {
        var source = new ManifestSource([path], _error, _reported.Add);

        Assert.Empty(source.Read());
        Assert.True(source.Failed);
        Assert.Equal(expected + "\n", _error.ToString());
        Assert.Equal(Finding.UnreadableRule, Assert.Single(_reported).Rule);
    }

    [Fact]
    public void ReadObjects_ListAndBrokenDocument_AreObjectsAndAProblem()
    {
        const string Text = "\ufeffkind: PodList\napiVersion: v1\nitems:\n- metadata: {name: a, namespace: shop}\n---\na: {{ b }}\n---\nkind: Job\napiVersion: batch/v1\nmetadata: {generateName: b-}\n";
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(Text));
        var source = new ManifestSource(null, _error, _reported.Add, input);
        var file = source.Read().Single();

        var objects = source.ReadObjects(file);

        Assert.Equal(["0 v1 Pod shop/a", "2 batch/v1 Job b-"], objects.Select(item => $"{item.Document} {item.ApiVersion} {item.Title}"));
        Assert.Equal("batch", objects[1].Group);
        Assert.Equal(("\ufeff", true, true), (file.ByteOrderMark, file.IsIncomplete, file.IsStandardInput));
        Assert.Equal("<stdin>:6:4: error: this is a template that was not rendered ({{ }}): render it with helm template first\n", _error.ToString());
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private IEnumerable<string> Names(params string[] paths) =>
        new ManifestSource(paths, _error).Read().Select(text => Path.GetRelativePath(_directory, text.File).Replace('\\', '/'));
}
