using System.Text;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Tests.Inputs;

/// <remarks>Covers <see cref="ManifestSource"/>, <see cref="ManifestFiles"/>, <see cref="ManifestText"/>, <see cref="ManifestObject"/>, <see cref="ManifestObjectReader"/>, <see cref="InputCount"/>, <see cref="PathFilter"/>, <see cref="LoadedText"/>, <see cref="MetadataTypes"/>.</remarks>
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

        var objects = source.ReadObjects(file).ToList();

        Assert.Equal(["0 v1 Pod shop/a", "2 batch/v1 Job b-"], objects.Select(item => $"{item.Document} {item.ApiVersion} {item.Title}"));
        Assert.Equal("batch", objects[1].Group);
        Assert.Equal(("\ufeff", true, true), (file.ByteOrderMark, file.IsIncomplete, file.IsStandardInput));
        Assert.Equal("<stdin>:6:4: error: this is a template that was not rendered ({{ }}): render it with helm template first\n", _error.ToString());
    }

    // A mistake is called a mistake, and has its own place, beside any number of braces.
    [Theory]
    [InlineData("metadata: {annotations: {t: \"{{ $labels.x }}\"}}\nspec:\n  image: a\n  image: b\n", "<stdin>:4:3: error: the key \"image\" is there twice")]
    [InlineData("a: |\n  {{ x }}\nb: [c\n", "<stdin>:4:1: error: a comma or the closing ] is expected, of the bracket at line 3")]
    [InlineData("a: b\n{{- if x }}\nc: d\n{{- end }}\n", "<stdin>:2:1: error: this is a template that was not rendered ({{ }}): render it with helm template first")]
    [InlineData("a: b\nc: {{ .Values.x }}\n", "<stdin>:2:4: error: this is a template that was not rendered ({{ }}): render it with helm template first")]
    public void ReadObjects_ProblemBesideBraces_IsCalledByItsName(string text, string expected)
    {
        Assert.Empty(ReadText(text));

        Assert.Equal(expected + "\n", _error.ToString());
    }

    // Only the items of such an object are created.
    [Theory]
    [InlineData("kind: Pod\napiVersion: v1\nitems: [{metadata: {name: a}}, {kind: Job, apiVersion: batch/v1}]", "v1 Pod,batch/v1 Job", true)]
    [InlineData("kind: ConfigMap\nitems: [{kind: Pod, apiVersion: v1}]", "v1 Pod", true)]
    [InlineData("kind: Pod\nitems: []", "", true)]
    [InlineData("kind: Pod\nitems: null", "", true)]
    [InlineData("kind: Pod\nx: &x {items: [{kind: Job}]}\n<<: *x", " Job", true)]
    [InlineData("kind: List\nitems: [{kind: Pod, items: [{kind: Job}]}]", " Pod, Job", true)]
    [InlineData("kind: PodList\napiVersion: v1\nitems: [{}]", "v1 Pod", false)]
    public void ReadObjects_ObjectWithItems_IsAListOfThem(string text, string expected, bool warned)
    {
        var (source, file) = Open(text);

        Assert.Equal(expected, string.Join(',', source.ReadObjects(file).Select(item => $"{item.ApiVersion} {item.Kind}")));
        Assert.Equal((false, warned), (source.Failed, source.Warned));
    }

    [Theory]
    [InlineData("kind: Pod\nitems: a", "items is not a list")]
    [InlineData("kind: List\nitems: [a]", "an item of a list is not an object")]
    [InlineData("kind: List\nitems: [{metadata: {}}]", "an item of a list has no kind")]
    [InlineData("kind: PodList\nitems: [{apiVersion: v1}]", "an item of a list has no kind")]
    public void ReadObjects_ListThatKubectlRefuses_Fails(string text, string message)
    {
        Assert.Empty(ReadText(text));

        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
    }

    // kubectl refuses each; nothing of it may be passed over in silence.
    [Theory]
    [InlineData("apiVersion: v1\nkind: true\nmetadata: {name: a}", "2:7: error: kind is not a text")]
    [InlineData("apiVersion: v1\nkind: 5", "2:7: error: kind is not a text")]
    [InlineData("apiVersion: v1\nkind: [Pod]", "2:7: error: kind is not a text")]
    [InlineData("apiVersion: v1\nkind: y", "2:7: error: kind is not a text")]
    [InlineData("apiVersion: 1\nkind: Pod", "1:13: error: apiVersion is not a text")]
    [InlineData("kind: List\nitems: [{apiVersion: v1, kind: {}}]", "2:32: error: kind is not a text")]
    [InlineData("apiVersion: v1\nkind: ~\nmetadata: {name: a}", "1:1: error: an object with apiVersion and metadata has no kind")]
    [InlineData("apiVersion: v1\nkind: ''\nmetadata: {name: a}", "1:1: error: an object with apiVersion and metadata has no kind")]
    [InlineData("apiVersion: v1\nKind: Pod\nmetadata: {name: a}", "1:1: error: an object with apiVersion and metadata has no kind")]
    [InlineData("kind: Pod\nmetadata: a", "2:11: error: metadata is not a mapping")]
    [InlineData("kind: Pod\nmetadata: {name: 1e3}", "2:18: error: metadata.name is not a text")]
    [InlineData("kind: Pod\nmetadata: {namespace: 007}", "2:23: error: metadata.namespace is not a text")]
    [InlineData("kind: Pod\nmetadata: {generateName: [a]}", "2:26: error: metadata.generateName is not a text")]
    [InlineData("kind: Pod\nmetadata: {labels: {a: 1.10}}", "2:24: error: metadata.labels.a is not a text")]
    [InlineData("kind: Pod\nmetadata: {labels: [a]}", "2:20: error: metadata.labels is not a mapping")]
    [InlineData("kind: Pod\nmetadata: {annotations: {<<: {a: on}}}", "2:34: error: metadata.annotations.a is not a text")]
    [InlineData("- apiVersion: v1\n  kind: Pod", "1:3: error: a document is an object, and this is a list of objects")]
    [InlineData("[{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}]", "1:2: error: a document is an object, and this is a list of objects")]
    [InlineData("../pod.yaml", "1:1: error: a document is an object, and this is a text")]
    [InlineData("{\"apiVersion\": \"v1\", \"kind\": \"Pod\"} x", "1:37: error: a document is an object, and this is a text")]
    public void ReadObjects_DocumentThatKubectlRefuses_Fails(string text, string message)
    {
        var (source, file) = Open(text);

        Assert.All(source.ReadObjects(file), item => Assert.Equal("Pod", item.Kind));
        Assert.StartsWith($"<stdin>:{message}", _error.ToString(), StringComparison.Ordinal);
        Assert.True(source.Failed);
    }

    // Settings of other tools lie beside manifests.
    [Theory]
    [InlineData("kind: {enabled: true}\nimage: a")]
    [InlineData("apiVersion: 1\ndatasources: []")]
    [InlineData("apiVersion: v2\nname: chart")]
    [InlineData("items: [a]")]
    [InlineData("- name: a\n  kind: b")]
    public void ReadObjects_SettingsOfOtherTools_AreCountedAndLeftAlone(string text)
    {
        var (source, file) = Open(text);

        Assert.Empty(source.ReadObjects(file));
        Assert.Equal((false, "1 object in 1 file: 0 judged, 1 not judged (1 without a kind)"), (source.Failed, source.Summary));
    }

    [Fact]
    public void ReadObjects_ManyDocuments_AreReadOneAtATime()
    {
        var (source, file) = Open("kind: Pod\n---\na: [\n");

        Assert.Equal("Pod", source.ReadObjects(file).First().Kind);
        Assert.False(source.Failed);
    }

    [Fact]
    public void Read_FarMoreDocumentsThanAFileHas_IsRefusedBeforeOneIsRead()
    {
        var (source, _) = Open("");
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a: [\n---\n", 100_001))));
        source = new ManifestSource(null, _error, _reported.Add, input);

        Assert.Empty(source.Read());
        Assert.Equal("<stdin>:1:1: error: more than 100000 documents in one file; split the file\n", _error.ToString());
    }

    [Fact]
    public void ReadObjects_FarMoreItemsThanAFileHas_AreRefusedBeforeOneIsRead()
    {
        Assert.Empty(ReadText($"kind: List\nitems: [{string.Concat(Enumerable.Repeat("{},", 100_001))}]"));

        Assert.Contains("more than 100000 objects in one file", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"kind\": \"Pod\"}", 100_050)]
    [InlineData("kind: PodList\nitems: [{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]\n---\n", 5_000)]
    public void ReadObjects_MoreObjectsThanAFileHas_EndsTheFile(string document, int count)
    {
        var (source, file) = Open(string.Concat(Enumerable.Repeat(document, count)));

        Assert.InRange(source.ReadObjects(file).Count(), 0, 100_000);
        Assert.Single(_error.ToString().TrimEnd('\n').Split('\n'));
        Assert.True(source.Failed);
    }

    [Fact]
    public void ReadObjects_FarMoreValuesThanADocumentHas_IsRefused()
    {
        foreach (var text in new[] { $"kind: Pod\na: [{string.Concat(Enumerable.Repeat("0,", 2_000_001))}]\n", $"{{\"kind\": \"Pod\", \"a\": [0{string.Concat(Enumerable.Repeat(",0", 2_000_001))}]}}" })
        {
            Assert.Empty(ReadText(text));
            Assert.Contains("more than 2000000 values in one document", _error.ToString(), StringComparison.Ordinal);
            _error.GetStringBuilder().Clear();
        }
    }

    [Fact]
    public void Read_Chart_IsNamedOnceAndItsTemplatesAreLeftAlone()
    {
        Write("app/Chart.yaml", "name: app\n");
        Write("app/values.yaml", "a: b\n");
        Write("app/templates/a.yaml", "{{ a }}\n");
        Write("app/templates/sub/b.yaml", "{{ b }}\n");
        Write("app/charts/sub/Chart.yaml", "name: sub\n");
        Write("app/charts/sub/templates/c.yaml", "{{ c }}\n");
        Write("app/crds/d.yaml", "kind: CustomResourceDefinition\n");
        foreach (var path in new[] { "", "app/templates", "**/*.yaml" })
        {
            var source = new ManifestSource([Path.Combine(_directory, path)], _error, _reported.Add);

            Assert.DoesNotContain(source.Read(), file => file.File.Contains("templates", StringComparison.Ordinal));
            Assert.True(source.Failed);
        }

        Assert.Contains("Chart.yaml:1:1: error: a Helm chart is judged by what it renders", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal([3, 1], new[] { "/app/Chart.yaml", "/sub/Chart.yaml" }.Select(chart => _reported.Count(finding => finding.File.EndsWith(chart, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("app", "b.yaml")]
    [InlineData("app/", "b.yaml")]
    [InlineData("*.yml", "b.yaml app/a.yaml")]
    [InlineData("**/a.yaml", "b.yaml app/c.yml")]
    [InlineData("{0}/app/c.yml", "b.yaml app/a.yaml")]
    [InlineData("{0}/a*", "b.yaml")]
    [InlineData("?.yaml", "app/c.yml")]
    public void Read_Excluded_IsLeftOut(string pattern, string expected)
    {
        Write("app/a.yaml", "");
        Write("app/c.yml", "");
        Write("b.yaml", "");
        var source = new ManifestSource([_directory], _error) { Exclude = [pattern.Replace("{0}", _directory, StringComparison.Ordinal)] };

        Assert.Equal(expected, string.Join(' ', source.Read().Select(text => Path.GetRelativePath(_directory, text.File).Replace('\\', '/'))));
        Assert.Contains(" excluded", source.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_OfEveryKindOfInput_SaysWhatWasNotJudged()
    {
        var (source, file) = Open("kind: Pod\n---\na: b\n---\na: [\n---\nkind: Job\n---\n# only a comment\n");
        foreach (var item in source.ReadObjects(file).Where(item => item.Kind == "Job"))
        {
            source.Skip("of a kind of no interest");
        }

        Assert.Equal("4 objects in 1 file: 1 judged, 3 not judged (1 of a kind of no interest, 1 unreadable, 1 without a kind)", source.Summary);
        Assert.True(source.HasUnjudged);
    }

    [Fact]
    public void Survey_StandardInput_CanBeReadAfterwards()
    {
        using var input = new MemoryStream("kind: Pod\n---\na: [\n"u8.ToArray());
        var source = new ManifestSource(null, _error, _reported.Add, input);

        Assert.Equal("Pod", Assert.Single(source.Survey()).Kind);
        Assert.Equal("", _error.ToString());
        Assert.Equal("Pod", Assert.Single(source.ReadObjects(Assert.Single(source.Read()))).Kind);
        Assert.True(source.Failed);
    }

    private List<ManifestObject> ReadText(string text)
    {
        var (source, file) = Open(text);
        var objects = source.ReadObjects(file).ToList();
        Assert.True(source.Failed);
        return objects;
    }

    private (ManifestSource Source, ManifestText File) Open(string text)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var source = new ManifestSource(null, _error, _reported.Add, input);
        return (source, source.Read().Single());
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
