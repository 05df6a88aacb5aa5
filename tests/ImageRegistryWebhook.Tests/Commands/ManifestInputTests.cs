using System.Text.Json;
using System.Xml.Linq;
using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Tests.Commands;

/// <remarks>Covers <see cref="ImageRun"/>, <see cref="InputOptions"/>, <see cref="ImageReport"/>, <see cref="ImageCheckCommand"/>, <see cref="ManifestNamespaceLabels"/>, <see cref="ImageLikeFields"/>, <see cref="KustomizeFields"/>, <see cref="CustomPath"/>.</remarks>
public sealed class ManifestInputTests : IDisposable
{
    private const string Deny = "default: deny\n";
    private const string Hub = "rules: [{name: hub, match: {registries: [docker.io]}, action: rewrite, target: r.example.com}]\ndefault: allow\n";

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("kind: Pod\nspec: {containers: [{image: b}]}", "---\n")]
    [InlineData("kind: Pod\nspec: {containers: [{image: b}]}\n", "---\n")]
    [InlineData("---\nkind: Pod\nspec: {containers: [{image: b}]}\n", "")]
    [InlineData("\ufeffkind: Pod\nspec: {containers: [{image: b}]}\n", "---\n")]
    public void Rewrite_SeveralFiles_AreOneStream(string second, string between)
    {
        const string First = "kind: Pod\nspec: {containers: [{image: a}]}";
        var policy = _run.Write("policy.yaml", Hub);
        var (a, b) = (_run.Write("a.yaml", First), _run.Write("b.yaml", second));

        var run = _run.Run(null, "rewrite", a, b, "--policy", policy);

        Assert.Equal(
            (First.Replace("image: a", "image: r.example.com/library/a", StringComparison.Ordinal) + "\n" + between
            + second.Replace("image: b", "image: r.example.com/library/b", StringComparison.Ordinal).TrimStart('\ufeff'), ""),
            (run.Output, run.Error));
        var images = _run.Run(run.Output, "images", "--output", "json");
        using var json = JsonDocument.Parse(images.Output);
        Assert.Equal(["r.example.com/library/a", "r.example.com/library/b"], json.RootElement.EnumerateArray().Select(image => image.GetProperty("image").GetString()));
    }

    [Fact]
    public void Check_EmptyPolicyPath_IsOneLineAndBadInput()
    {
        var run = _run.Run("", "check", "--policy", "");

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("error: the policy \"\" cannot be read: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Rewrite_FileThatCannotBeWritten_IsOneLineAndTheRestGoesOn()
    {
        // The name of the temporary file beside it would be too long.
        var bad = _run.Write(new string('a', 245) + ".yaml", "kind: Pod\nspec: {containers: [{image: a}]}\n");
        var good = _run.Write("b.yaml", "kind: Pod\nspec: {containers: [{image: b}]}\n");

        var run = _run.Run(null, "rewrite", "--write", bad, good, "--policy", _run.Write("policy.yaml", Hub));

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains(".yaml:1:1: error: the file cannot be written: ", Assert.Single(run.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Contains("r.example.com/library/b", File.ReadAllText(good), StringComparison.Ordinal);
        Assert.Contains("image: a}", File.ReadAllText(bad), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_PathThatIsNotThere_DoesNotEndTheRun()
    {
        var file = _run.Write("pod.yaml", "kind: Pod\nspec: {containers: [{image: a}]}\n");

        var run = _run.Run(null, "check", _run.Path("nowhere.yaml"), _run.Path("*.nothing"), file, "--policy", _run.Write("policy.yaml", Deny));

        Assert.Equal(2, run.Code);
        Assert.Contains("nowhere.yaml:1:1: error: the file or directory nowhere.yaml does not exist", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("1 images, 1 violations\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_DocumentThatIsNotYaml_DoesNotHideTheOthers()
    {
        const string Text = "kind: Pod\nspec: {containers: [{image: a}]}\n---\na: {{ .Values.x }}\n{{- if x }}\n--- # three\nkind: Pod\nspec: {containers: [{image: c}]}\n---\nkind: Pod\nkind: Pod\n";

        var run = _run.Run(Text, "check", "--policy", _run.Write("policy.yaml", Deny));

        Assert.Equal(2, run.Code);
        Assert.Equal(
            "<stdin>:4:4: error: this is a template that was not rendered ({{ }}): render it with helm template first\n<stdin>:11:1: error: the key \"kind\" is there twice\n", run.Error);
        Assert.Contains("<stdin>:2:29: deny: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("<stdin>:8:29: deny: ", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("2 images, 2 violations\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rewrite_DocumentThatIsNotYaml_LeavesTheFileAlone()
    {
        const string Text = "kind: Pod\nspec: {containers: [{image: a}]}\n---\n{{- if x }}\n";
        var file = _run.Write("pod.yaml", Text);

        Assert.Equal(2, _run.Run(null, "rewrite", "--write", file, "--policy", _run.Write("policy.yaml", Hub)).Code);
        Assert.Equal(Text, File.ReadAllText(file));
    }

    [Theory]
    [InlineData("sarif")]
    [InlineData("junit")]
    [InlineData("github")]
    [InlineData("json")]
    public void Check_FileThatCannotBeRead_IsInEveryFormat(string format)
    {
        var file = _run.Write("bad.yaml", "a: b: c\n");

        var run = _run.Run(null, "check", file, "--policy", _run.Write("policy.yaml", Deny), "--output", format);

        Assert.Equal(2, run.Code);
        Assert.Contains("bad.yaml", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Sarif_NamesItsRulesAndWhetherItCouldReadEverything()
    {
        var policy = _run.Write("policy.yaml", Deny);
        using var good = JsonDocument.Parse(_run.Run("kind: Pod\nspec: {containers: [{image: a}]}\n", "check", "--policy", policy, "--output", "sarif").Output);
        using var bad = JsonDocument.Parse(_run.Run("a: b: c\n", "check", "--policy", policy, "--output", "sarif").Output);

        Assert.Equal(("default", true), Facts(good));
        Assert.Equal(("unreadable", false), Facts(bad));

        static (string?, bool) Facts(JsonDocument document)
        {
            var run = document.RootElement.GetProperty("runs")[0];
            var rule = Assert.Single(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()).GetProperty("id").GetString();
            Assert.Equal(rule, Assert.Single(run.GetProperty("results").EnumerateArray()).GetProperty("ruleId").GetString());
            return (rule, run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
        }
    }

    [Fact]
    public void Check_JUnit_CountsTestsFailuresAndErrors()
    {
        var file = _run.Write("bad.yaml", "a: b: c\n");
        var pods = _run.Write("pods.yaml", "kind: Pod\nspec: {containers: [{image: a}, {image: b}]}\n");

        var suite = XDocument.Parse(_run.Run(null, "check", file, pods, "--policy", _run.Write("policy.yaml", Deny), "--output", "junit").Output).Root!.Element("testsuite")!;

        Assert.Equal(("3", "2", "1"), ((string?)suite.Attribute("tests"), (string?)suite.Attribute("failures"), (string?)suite.Attribute("errors")));
        Assert.Equal(3, suite.Elements("testcase").Count());
        Assert.Single(suite.Descendants("error"));
    }

    [Theory]
    [InlineData("metadata: {namespace: prod}", "allow")]
    [InlineData("metadata: {name: x}", "allow")]
    [InlineData("metadata: {namespace: dev}", "unknown")]
    public void Check_NamespaceLabels_AreOfThatNamespaceAlone(string metadata, string decision) =>
        Assert.Equal(decision, Decision($"kind: Pod\n{metadata}\nspec: {{containers: [{{image: a}}]}}\n", "-n", "prod", "--namespace-label", "env=prod"));

    [Theory]
    [InlineData("env: prod", "allow")]
    [InlineData("env: dev", "deny")]
    public void Check_NamespaceAmongTheManifests_HasItsLabels(string label, string decision) => Assert.Equal(
        decision,
        Decision($"kind: Pod\nmetadata: {{namespace: web}}\nspec: {{containers: [{{image: a}}]}}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: web, labels: {{{label}}}}}\n"));

    [Fact]
    public void Check_KindThatIsNotKnown_IsNamedWithWhatToDo()
    {
        var run = _run.Run(
            "apiVersion: example.com/v1\nkind: App\nmetadata: {name: a}\nspec:\n  pod:\n    containers:\n    - {name: c, image: nginx}\n---\nkind: ConfigMap\n",
            "check", "--policy", _run.Write("policy.yaml", Deny));

        Assert.Equal(0, run.Code);
        Assert.Equal(
            "<stdin>:7:24: warning: App a spec.pod.containers[0].image: \"nginx\" looks like an image and is not checked; if it is one, name its place with --custom-kind App.example.com=spec.pod.containers[*].image\n",
            run.Error);
        Assert.Equal("2 objects in 1 file: 0 judged, 2 not judged (1 with images in unknown places, 1 without a known place of images)\n0 images, 0 violations\n", run.Output);
    }

    // One table for check, rewrite and images: the exit code with --strict is another for check alone.
    [Theory]
    [InlineData("kind: ConfigMap", 0, 0)]
    [InlineData("a: b", 0, 0)]
    [InlineData("apiVersion: tekton.dev/v1\nkind: Task\nspec: {steps: [{image: nginx}]}", 0, 1, "spec.steps[*].image")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {templates: [{container: {image: nginx}}]}", 0, 1, "spec.templates[*].container.image")]
    [InlineData("apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nspec: {image: quay.io/p/p:1}", 0, 1, "spec.image")]
    [InlineData("kind: App\nspec: {baseImage: quay.io/p/p}", 0, 1, "spec.baseImage")]
    [InlineData("kind: App\nspec: {image: {repository: quay.io/p/p, tag: 1}}", 0, 1, "spec.image")]
    [InlineData("kind: App\nspec: {images: ['quay.io/p/p:1']}", 0, 1, "spec.images[*]")]
    [InlineData("kind: App\nspec: {image: '${IMAGE}'}", 0, 1, "spec.image")]
    [InlineData("kind: Task\nspec: {steps: [{image: $(params.image)}]}", 0, 1, "spec.steps[*].image")]
    [InlineData("kind: Task\nspec: {steps: [{image: <image>}]}", 0, 1, "spec.steps[*].image")]
    [InlineData("kind: Disk\nspec: {image: 'docker://quay.io/x/y:1'}", 0, 1, "spec.image")]
    [InlineData("kind: Cluster\nspec: {imageName: 'ghcr.io/x/postgresql:16'}", 0, 1, "spec.imageName")]
    [InlineData("kind: App\nspec: {image: {name: 'quay.io/x/y'}}", 0, 1, "spec.image")]
    [InlineData("kind: App\nx: &x {image: 'quay.io/x/y'}\nspec: {<<: *x}", 0, 1, "looks like an image")]
    [InlineData("kind: Service\nspec: {selector: {image: 'nginx:1'}, template: {metadata: {labels: {image: 'nginx:1'}}}}", 0, 0)]
    [InlineData("kind: App\nmetadata: {annotations: {image: nginx}}\nspec: {imagePullPolicy: Always, image: 'https://x/y.png', image2: a}", 0, 0)]
    [InlineData("kind: Pod\nspec: {containers: [{image: a, env: [{name: RELATED_IMAGE_X, value: 'quay.io/x/y'}]}]}", 0, 1, "spec.containers[*].env[*].value")]
    [InlineData("kind: Pod\nspec: {containers: [{image: a, args: ['--sidecar-image=quay.io/x/y:1']}]}", 0, 1, "spec.containers[*].args[*]")]
    [InlineData("kind: Pod\nspec: {containers: [{image: a, env: [{name: X, value: 'quay.io/x/y'}], args: ['--x=y/z']}]}", 0, 0)]
    [InlineData("kind: Kustomization\nimages: [{name: a, newName: evil.io/x, newTag: '1'}]", 0, 1, "images[0] makes evil.io/x:1 of a")]
    [InlineData("kind: Kustomization\nresources: ['https://x.io/y', ../base]\npatches: [{path: p.yaml}]", 0, 1, "patches can change images")]
    [InlineData("kind: Kustomization\nresources: [a.yaml]", 0, 0)]
    [InlineData("kind: Pod\nspec: {containers: [{image: a}]}\n...\nkind: Pod\n", 0, 1, "kubectl does not read what follows")]
    [InlineData("kind: Pod\nmetadata: {name: x}\nspec: {containers: [{image: a}]}\nitems: []", 0, 1, "an object with items is a list for kubectl")]
    [InlineData("a: [", 2, 2, "error: ")]
    public void Commands_WhatNobodyJudges_IsSaidAndFailsOnlyWhenStrict(string text, int code, int strict, string? said = null)
    {
        var policy = _run.Write("policy.yaml", "default: allow\n");
        foreach (var (expected, args) in new (int, string[])[] { (code, ["check"]), (strict, ["check", "--strict"]), (code, ["rewrite"]), (code, ["images"]) })
        {
            var run = _run.Run(text, [.. args, "--policy", policy]);

            Assert.Equal(expected, run.Code);
            Assert.Equal(said is not null, run.Error.Contains(": warning: ", StringComparison.Ordinal) || run.Error.Contains(": error: ", StringComparison.Ordinal));
            Assert.Contains(said ?? "", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Commands_DecisionThatIsNotKnown_IsBadInput()
    {
        var policy = _run.Write("policy.yaml", "rules: [{name: prod, match: {namespaceLabels: {matchLabels: {env: prod}}}, action: allow}]\ndefault: deny\n");

        Assert.All(["check", "rewrite", "images"], command => Assert.Equal(2, _run.Run("kind: Pod\nspec: {containers: [{image: a}]}\n", command, "--policy", policy).Code));
    }

    [Fact]
    public void Commands_KustomizationWithoutAKind_IsSeen()
    {
        var file = _run.Write("kustomization.yaml", "images:\n- name: a\n  newName: evil.io/x\n  digest: sha256:b\n");

        var run = _run.Run(null, "check", file, "--policy", _run.Write("policy.yaml", Deny));

        Assert.Equal((0, "kustomization.yaml:2:3: warning: Kustomization: images[0] makes evil.io/x@sha256:b of a, which is not checked here; check the output of kustomize build\n"), (run.Code, run.Error));
    }

    [Theory]
    [InlineData("argoproj.io/v1alpha1", "Rollout")]
    [InlineData("serving.knative.dev/v1", "Service")]
    public void Check_WellKnownCustomKind_NeedsNoOption(string version, string kind)
    {
        var run = _run.Run(
            $"apiVersion: {version}\nkind: {kind}\nspec: {{template: {{spec: {{containers: [{{image: nginx}}]}}}}}}\n",
            "check", "--policy", _run.Write("policy.yaml", Deny), "--custom-kind", $"{kind}=spec.template.spec");

        Assert.Equal((1, ""), (run.Code, run.Error));
        Assert.EndsWith("1 images, 1 violations\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rewrite", 0)]
    [InlineData("rewrite", 1, "--strict")]
    [InlineData("warn", 1, "--strict")]
    [InlineData("allow", 0, "--strict")]
    public void Check_Strict_FailsOnWhatWouldChangeOrWarn(string action, int code, params string[] more)
    {
        var policy = _run.Write("policy.yaml", action == "rewrite" ? Hub : $"rules: [{{name: r, action: {action}}}]\ndefault: deny\n");

        Assert.Equal(code, _run.Run("kind: Pod\nspec: {containers: [{image: a}]}\n", ["check", "--policy", policy, .. more]).Code);
    }

    private string? Decision(string text, params string[] more)
    {
        var policy = _run.Write("policy.yaml", "rules: [{name: prod, match: {namespaceLabels: {matchLabels: {env: prod}}}, action: allow}]\ndefault: deny\n");
        using var json = JsonDocument.Parse(_run.Run(text, ["images", "--policy", policy, "--output", "json", .. more]).Output);
        return json.RootElement[0].GetProperty("decision").GetString();
    }
}
