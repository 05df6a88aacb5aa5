using System.Text.Json;
using System.Xml.Linq;
using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Tests.Commands;

/// <remarks>Covers <see cref="ImageCommandLine"/>, <see cref="ImageCheckCommand"/>, <see cref="ImageRewriteCommand"/>, <see cref="ImagesCommand"/>, <see cref="PolicyCommands"/>, <see cref="PolicySource"/>, <see cref="ImageReport"/>, <see cref="ManifestScanner"/>.</remarks>
public sealed class ImageCommandLineTests : IDisposable
{
    private const string Hub = "rules: [{name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub}]\ndefault: allow\n";
    private const string Ours = "rules: [{name: ours, match: {registries: [registry.example.com]}, action: allow}]\ndefault: deny\n";

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Images_EveryKind_IsFoundWithItsPath()
    {
        const string Template = "spec: {initContainers: [{name: i, image: i:1}], containers: [{name: c, image: c:1}], ephemeralContainers: [{name: e, image: e:1}], volumes: [{name: v, image: {reference: v:1}}]}";
        (string Kind, string Body)[] manifests =
        [
            ("v1, kind: Pod", Template), ("v1, kind: PodTemplate", $"template: {{{Template}}}"), ("apps/v1, kind: Deployment", $"spec: {{template: {{{Template}}}}}"),
            ("apps/v1, kind: StatefulSet", $"spec: {{template: {{{Template}}}}}"), ("apps/v1, kind: DaemonSet", $"spec: {{template: {{{Template}}}}}"),
            ("apps/v1, kind: ReplicaSet", $"spec: {{template: {{{Template}}}}}"), ("v1, kind: ReplicationController", $"spec: {{template: {{{Template}}}}}"),
            ("batch/v1, kind: Job", $"spec: {{template: {{{Template}}}}}"), ("batch/v1, kind: CronJob", $"spec: {{jobTemplate: {{spec: {{template: {{{Template}}}}}}}}}"),
            ("v1, kind: List", $"items: [{{kind: Pod, metadata: {{name: web}}, {Template}}}]"), ("argoproj.io/v1, kind: Rollout", $"spec: {{template: {{{Template}}}}}"),
            ("example.com/v1, kind: Deployment", $"spec: {{template: {{{Template}}}}}"), ("example.com/v1, kind: Steps", "spec: {steps: [{image: s:1}, {image: s:2}]}"),
        ];
        var input = string.Join("\n---\n", manifests.Select(item => $"{{apiVersion: {item.Kind}, {item.Body}}}"));

        var (code, output, error) = _run.Run(
            input, "images", "--output", "json", "--custom-kind", "Rollout.argoproj.io=spec.template.spec", "--custom-kind", "Steps=spec.steps[*].image");

        Assert.Equal((0, 4, 0), (code, error.Split(": warning: Deployment ").Length - 1, error.Split(": error: ").Length - 1));
        using var json = JsonDocument.Parse(output);
        var found = json.RootElement.EnumerateArray().Select(image => $"{image.GetProperty("kind").GetString()} {image.GetProperty("path").GetString()}").ToList();
        string[] fields = ["initContainers[0].image", "containers[0].image", "ephemeralContainers[0].image", "volumes[0].image.reference"];
        (string Kind, string Path)[] kinds =
        [
            ("Pod", "spec"), ("PodTemplate", "template.spec"), ("Deployment", "spec.template.spec"), ("StatefulSet", "spec.template.spec"), ("DaemonSet", "spec.template.spec"),
            ("ReplicaSet", "spec.template.spec"), ("ReplicationController", "spec.template.spec"), ("Job", "spec.template.spec"),
            ("CronJob", "spec.jobTemplate.spec.template.spec"), ("Pod", "spec"), ("Rollout", "spec.template.spec"),
        ];
        Assert.Equal([.. kinds.SelectMany(kind => fields.Select(field => $"{kind.Kind} {kind.Path}.{field}")), "Steps spec.steps[0].image", "Steps spec.steps[1].image"], found);
    }

    [Fact]
    public void Images_EveryVector_IsJudgedAsTheGrammarDoes()
    {
        var policy = _run.Write("policy.yaml", Ours);
        var pod = JsonSerializer.Serialize(new
        {
            apiVersion = "v1",
            kind = "Pod",
            metadata = new { name = "p" },
            spec = new { containers = ReferenceVector.All.Select(vector => new { name = vector.Id, image = vector.Input }) },
        });

        var (code, output, _) = _run.Run(pod, "images", "--policy", policy, "--output", "json");

        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(
            ReferenceVector.All.Select(vector => (vector.Id, vector.Input, vector.Valid, vector.Domain, vector.Path, vector.Tag, vector.Digest, vector.Normalized, "deny")),
            json.RootElement.EnumerateArray().Select(image => (
                image.GetProperty("container").GetString()!, image.GetProperty("image").GetString()!, image.GetProperty("valid").GetBoolean(),
                image.GetProperty("registry").GetString(), image.GetProperty("repository").GetString(), image.GetProperty("tag").GetString(),
                image.GetProperty("digest").GetString(), image.GetProperty("normalized").GetString(), image.GetProperty("decision").GetString()!)));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("junit")]
    [InlineData("github")]
    public void Check_Output_IsWellFormedAndNamesTheViolation(string format)
    {
        var policy = _run.Write("policy.yaml", Ours);
        var file = _run.Write("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: nginx:1\n  - image: registry.example.com/x\n");

        var (code, output, error) = _run.Run(null, "check", file, "--policy", policy, "--output", format);

        Assert.Equal((1, ""), (code, error));
        Assert.Contains("nginx:1 is denied: no rule allows images of docker.io", output, StringComparison.Ordinal);
        switch (format)
        {
            case "junit":
                Assert.Equal(2, XDocument.Parse(output).Descendants("testcase").Count());
                break;
            case "json" or "sarif":
                using (JsonDocument.Parse(output))
                {
                }

                break;
            case "github":
                Assert.StartsWith("::error file=pod.yaml,line=7,col=12,title=default::Pod p spec.containers[0].image: ", output, StringComparison.Ordinal);
                break;
            default:
                Assert.StartsWith("pod.yaml:7:12: deny: Pod p spec.containers[0].image: ", output, StringComparison.Ordinal);
                break;
        }
    }

    [Fact]
    public void Check_ExitCodes_TellCleanViolationsAndBadInputApart()
    {
        var policy = _run.Write("policy.yaml", Ours);
        var bad = _run.Write("bad.yaml", "rules: {}\ndefault: x\n");
        const string Good = "{kind: Pod, spec: {containers: [{image: registry.example.com/x}]}}";

        Assert.Equal(0, _run.Run(Good, "check", "--policy", policy).Code);
        Assert.Equal(1, _run.Run("{kind: Pod, spec: {containers: [{image: x}]}}", "check", "-", "--policy", policy).Code);
        Assert.Equal(1, _run.Run("{kind: Pod, spec: {containers: [{image: 'registry.example.com/${X}'}]}}", "check", "--policy", policy).Code);
        Assert.Equal(2, _run.Run(Good, "check", "--policy", bad).Code);
        Assert.Equal(2, _run.Run(Good, "check").Code);
        Assert.Equal(2, _run.Run(Good, "check", "--policy", policy, "--output", "xml").Code);
        Assert.Equal(2, _run.Run(Good, "check", "--policy", policy, "nowhere.yaml").Code);
        Assert.Equal(2, _run.Run(Good, "check", "--policy", policy, _run.Path("*.json")).Code);
        Assert.Equal(2, _run.Run("{kind: Pod, kind: Pod}", "check", "--policy", policy).Code);
        Assert.Equal(2, _run.Run("a: {{ .Values.x }}\n{{- if x }}\n", "check", "--policy", policy).Code);
    }

    [Theory]
    [InlineData("{kind: Pod, spec: {containers: [{name: istio-proxy, image: auto}]}}", "skipped", false)]
    [InlineData("{kind: Pod, spec: {containers: [{name: app, image: auto}]}}", "deny", true)]
    [InlineData("{kind: Pod, spec: {containers: [{image: 123}]}}", "deny", false)]
    [InlineData("{kind: Pod, spec: {containers: [{image: '{{ .Values.image }}'}]}}", "unrendered", false)]
    [InlineData("{kind: Pod, spec: {containers: [{<<: {image: registry.example.com/a}, name: x}]}}", "allow", true)]
    public void Images_SpecialValues_AreReportedAsSuch(string manifest, string decision, bool valid)
    {
        var (_, output, _) = _run.Run(manifest, "images", "--policy", _run.Write("policy.yaml", Ours), "-o", "json");

        using var json = JsonDocument.Parse(output);
        Assert.Equal((decision, valid || decision == "skipped"), (json.RootElement[0].GetProperty("decision").GetString(), json.RootElement[0].GetProperty("valid").GetBoolean()));
    }

    [Theory]
    [InlineData("image: nginx:1 # why", "image: registry.example.com/hub/library/nginx:1 # why")]
    [InlineData("image: \"nginx:1\"", "image: \"registry.example.com/hub/library/nginx:1\"")]
    [InlineData("image: 'nginx:1'", "image: 'registry.example.com/hub/library/nginx:1'")]
    [InlineData("image:   &a !!str nginx:1   ", "image:   &a !!str registry.example.com/hub/library/nginx:1   ")]
    [InlineData("\"image\" : \"\\x6eginx\"", "\"image\" : \"registry.example.com/hub/library/nginx\"")]
    [InlineData("image: |-\n        nginx:1\n", "image: |-\n        registry.example.com/hub/library/nginx:1\n")]
    [InlineData("image: nginx:1\r", "image: registry.example.com/hub/library/nginx:1\r")]
    [InlineData("image: ghcr.io/a/b", "image: ghcr.io/a/b")]
    public void Rewrite_Scalar_ChangesInPlaceAndTwiceIsOnce(string before, string after)
    {
        var policy = _run.Write("policy.yaml", Hub);
        const string Head = "\ufeff# a pod: nginx:1\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n    -\n      name: nginx:1\n      ";
        const string Tail = "\n      args: [nginx:1]\n";

        var first = _run.Run(Head + before + Tail, "rewrite", "--policy", policy);
        var second = _run.Run(first.Output, "rewrite", "--policy", policy);

        Assert.Equal((0, Head + after + Tail, ""), first);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Rewrite_Alias_IsEditedOnceAndConflictsAreRefused()
    {
        var policy = _run.Write("policy.yaml", "rules: [{name: hub, match: {namespaces: [a]}, action: rewrite, target: r.example.com}]\ndefault: allow\n");
        const string Text = "kind: List\nitems:\n- {kind: Pod, metadata: {namespace: a}, spec: {containers: [{image: &i x:1}, {image: *i}]}}\n";

        Assert.Equal((0, Text.Replace("x:1", "r.example.com/library/x:1", StringComparison.Ordinal), ""), _run.Run(Text, "rewrite", "--policy", policy));
        var conflict = _run.Run(Text + "- {kind: Pod, metadata: {namespace: b}, spec: {containers: [{image: *i}]}}\n", "rewrite", "--policy", policy);
        Assert.Equal(2, conflict.Code);
        Assert.Contains("an anchor is used in places for which the policy decides differently", conflict.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rewrite_WriteAndDiff_ChangeAndShowOnlyTheImage()
    {
        var policy = _run.Write("policy.yaml", Hub);
        var file = _run.Write("a/pod.yaml", "kind: Pod\nspec:\n  containers:\n  - image: nginx\n");

        var diff = _run.Run(null, "rewrite", _run.Path("a"), "--policy", policy, "--diff");
        Assert.Equal(
            (0, "--- a/pod.yaml\n+++ a/pod.yaml\n@@ -1,4 +1,4 @@\n kind: Pod\n spec:\n   containers:\n-  - image: nginx\n+  - image: registry.example.com/hub/library/nginx\n", ""),
            diff);
        Assert.Equal((0, "", "2 objects in 2 files: 1 judged, 1 not judged (1 without a kind)\n"), _run.Run(null, "rewrite", _run.Path("**/*.yaml"), "--policy", policy, "--write"));
        Assert.Equal("kind: Pod\nspec:\n  containers:\n  - image: registry.example.com/hub/library/nginx\n", File.ReadAllText(file));
    }

    [Fact]
    public void Policy_ValidateAndExplain_TellRulesAndReasons()
    {
        var policy = _run.Write("policy.yaml", Hub);
        var bad = _run.Write("bad.yaml", "default: maybe\nruls: []\n");

        Assert.Equal((0, "policy.yaml: 1 rules, valid\n", ""), _run.Run(null, "policy", "validate", policy));
        Assert.Equal(
            (2, "", "bad.yaml:1:10: error: default must be allow or deny, not \"maybe\"\nbad.yaml:2:1: error: unknown key \"ruls\" in the policy; known are rules, default, require, pin, check, record, $schema\n"),
            _run.Run(null, "policy", "validate", "--policy", bad));
        var explained = _run.Run(null, "policy", "explain", "nginx", "--policy", policy, "--namespace", "prod");
        Assert.Equal(0, explained.Code);
        Assert.EndsWith("=> rewrite (rule hub): nginx is pulled as registry.example.com/hub/library/nginx (rule hub)\n", explained.Output, StringComparison.Ordinal);
    }
}
