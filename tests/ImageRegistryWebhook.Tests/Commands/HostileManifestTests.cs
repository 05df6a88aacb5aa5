using System.Text;
using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Tests.Commands;

/// <summary>Manifests of strangers, as from pull requests.</summary>
/// <remarks>Covers <see cref="ImageRun"/>, <see cref="ImageJson"/>, <see cref="ManifestScanner"/>, <see cref="ImageLikeFields"/>, <see cref="KustomizeFields"/>.</remarks>
public sealed class HostileManifestTests : IDisposable
{
    private const string Deny = "default: deny\n";

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Check_MergesOfMerges_AreRefusedAtOnce()
    {
        var text = new StringBuilder("x0: &a0 {k: v}\n");
        for (var level = 1; level <= 31; level++)
        {
            text.Append($"x{level}: &a{level} {{<<: [*a{level - 1}, *a{level - 1}]}}\n");
        }

        var run = Check(text.Append("kind: Pod\n<<: *a31\n").ToString());

        Assert.Equal(2, run.Code);
        Assert.Contains("more than 100 mappings are merged into one", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ListsOfLists_AreRefusedAtOnce()
    {
        var text = new StringBuilder("l0: &a0 {kind: ConfigMap}\n");
        for (var level = 1; level <= 7; level++)
        {
            text.Append($"l{level}: &a{level} {{kind: List, items: [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 100))}]}}\n");
        }

        var run = Check(text.Append("kind: List\nitems: [*a7]\n").ToString());

        Assert.Equal(2, run.Code);
        Assert.Contains("more than 100000 objects in one file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ManyContainersWithOneMerge_TakesNoTime()
    {
        var text = new StringBuilder("x: &a {");
        text.Append(string.Join(", ", Enumerable.Range(0, 5_000).Select(index => $"k{index}: v"))).Append("}\nkind: Pod\nspec:\n  containers:\n");
        for (var index = 0; index < 5_000; index++)
        {
            text.Append("  - {<<: *a, image: nginx}\n");
        }

        Assert.EndsWith("5000 images, 5000 violations\n", Check(text.ToString()).Output, StringComparison.Ordinal);
    }

    // GitHub runs lines of a log that begin so.
    [Theory]
    [InlineData("x\\n::stop-commands::t")]
    [InlineData("x\\r::stop-commands::t")]
    [InlineData("x\\e[2Jy")]
    [InlineData("x\\N::add-mask::y")]
    [InlineData("x\\u202ey")]
    public void Check_ControlCharacters_ReachNoLogAndNoTerminal(string image)
    {
        foreach (var format in new[] { "text", "github" })
        {
            var run = Check($"kind: Pod\nmetadata: {{name: \"{image}\"}}\nspec: {{containers: [{{image: \"{image}\"}}]}}\n", "--output", format);

            Assert.Equal(1, run.Code);
            Assert.DoesNotContain(run.Output, c => (char.IsControl(c) && c != '\n') || c == '\u202e');
            Assert.All(run.Output.TrimEnd('\n').Split('\n'), line => Assert.False(line.StartsWith("::", StringComparison.Ordinal) && !line.StartsWith("::error file=", StringComparison.Ordinal), line));
        }
    }

    [Fact]
    public void Check_FileCalledLikeAWorkflowCommand_IsNotACommand()
    {
        Directory.CreateDirectory(_run.Path("::stop-commands::t"));
        var file = _run.Write("::stop-commands::t/x.yaml", "kind: Pod\nspec: {containers: [{image: nginx}]}\n");

        // CommandRun removes the directory's name, so that the path is relative.
        Assert.StartsWith("./::stop", AdmissionSdk.CommandLine.Reports.SafeText.ToLogLine("::stop-commands::t/x.yaml:1:1: deny"), StringComparison.Ordinal);
        Assert.Equal(1, _run.Run(null, "check", file, "--policy", _run.Write("policy.yaml", Deny)).Code);
    }

    [Fact]
    public void PolicyExplain_ControlCharacters_BeginNoLine()
    {
        var run = _run.Run(null, "policy", "explain", "x\n::stop-commands::t", "--policy", _run.Write("policy.yaml", Deny));

        Assert.Equal(1, run.Code);
        Assert.DoesNotContain(run.Output.Split('\n'), line => line.StartsWith("::", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"kind\": \"Pod\", \"metadata\": {\"annotations\": {\"a\": \"\\ud800\"}}, \"spec\": {\"containers\": [{\"image\": \"nginx\"}]}}", "nginx")]
    [InlineData("{\"kind\": \"Pod\", \"spec\": {\"containers\": [{\"image\": \"ngi\\ud83dnx\"}]}}", "ngi\ufffdnx")]
    [InlineData("{\"kind\": \"Pod\", \"spec\": {\"containers\": [{\"image\": \"a\u0085b\"}]}}", "a\u0085b")]
    [InlineData("{\"kind\": \"Pod\", \"spec\": {\"containers\": [{\"image\": \"a\\ud83d\\ude00\\\\\\/\\u0062\"}]}}", "a\ud83d\ude00\\/b")]
    [InlineData("\n  {\"kind\":\t\"Pod\", \"spec\": {\"containers\": [{\"image\": \"nginx\"}]}} {\"kind\": \"ConfigMap\"}", "nginx")]
    public void Images_Json_IsReadAsGoReadsIt(string text, string image)
    {
        var run = _run.Run(text, "images", "--output", "json");

        Assert.Equal((0, false), (run.Code, run.Error.Contains(": error: ", StringComparison.Ordinal)));
        using var json = System.Text.Json.JsonDocument.Parse(run.Output);
        Assert.Equal(image, json.RootElement[0].GetProperty("image").GetString());
    }

    [Fact]
    public void Images_Json_HasThePlacesOfTheText()
    {
        var run = _run.Run("{\"kind\": \"Pod\", \"ä\": \"😀\",\n \"spec\": {\"containers\": [{\"ö\": 1, \"image\": \"nginx\"}]}}", "check", "--policy", _run.Write("policy.yaml", Deny));

        Assert.StartsWith("<stdin>:2:44: deny", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_KeyTwiceInJson_IsRefused() =>
        Assert.Equal(2, Check("{\"kind\": \"Pod\", \"spec\": {\"containers\": [{\"image\": \"a\", \"image\": \"b\"}]}}").Code);

    [Fact]
    public void Rewrite_Json_ChangesTheImageOnly()
    {
        var policy = _run.Write("policy.yaml", "rules: [{name: hub, match: {registries: [docker.io]}, action: rewrite, target: r.example.com}]\ndefault: allow\n");
        const string Text = "{\"kind\": \"Pod\", \"x\": \"\\ud800é😀\",\n\t\"spec\": {\"containers\": [{\"image\" : \"\\u006eginx\"}]}}";

        Assert.Equal((0, Text.Replace("\\u006eginx", "r.example.com/library/nginx", StringComparison.Ordinal), ""), _run.Run(Text, "rewrite", "--policy", policy));
    }

    private (int Code, string Output, string Error) Check(string text, params string[] more) =>
        _run.Run(text, ["check", "--policy", _run.Write("policy.yaml", Deny), .. more]);
}
