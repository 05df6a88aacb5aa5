using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Tests.Manifests;

/// <summary>YAML that kubectl could read as another image must not pass.</summary>
/// <remarks>Covers <see cref="SharedScalars"/>, <see cref="ManifestScanner"/>, <see cref="ImageJudge"/>, <see cref="ImageFinding"/>.</remarks>
public sealed class UncertainYamlTests : IDisposable
{
    private const string Hub = "rules: [{name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub}]\ndefault: allow\n";

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("{kind: Pod, spec: {containers: [{image: !!binary bmdpbng=}]}}", 1, "has the tag tag:yaml.org,2002:binary")]
    [InlineData("{kind: Pod, spec: {containers: [{image: !!binary 'abcd'}]}}", 1, "has the tag tag:yaml.org,2002:binary")]
    [InlineData("{kind: Pod, spec: {containers: [{image: !!int nginx}]}}", 1, "has the tag tag:yaml.org,2002:int")]
    [InlineData("{kind: Pod, spec: {containers: [{!!binary aW1hZ2U=: nginx}]}}", 2, "a key with the tag")]
    [InlineData("{kind: !!binary UG9k, spec: {containers: [{image: nginx}]}}", 2, "has the tag tag:yaml.org,2002:binary")]
    [InlineData("{kind: Pod, metadata: {labels: {a: !!binary YQ==}}, spec: {containers: [{image: nginx}]}}", 2, "has the tag tag:yaml.org,2002:binary")]
    [InlineData("{kind: Pod, spec: {containers: [{image: ghcr.io/good, <<: {image: nginx}}]}}", 2, "readers of YAML differ in which counts")]
    [InlineData("{kind: Pod, spec: {containers: [{image: ghcr.io/good, image: nginx}]}}", 2, "is there twice")]
    public void Check_AnotherReaderMightDiffer_DoesNotPass(string manifest, int code, string message)
    {
        var policy = _run.Write("policy.yaml", "default: allow\n");

        var run = _run.Run(manifest, "check", "--policy", policy);

        Assert.Equal(code, run.Code);
        Assert.Contains(message, run.Output + run.Error, StringComparison.Ordinal);
    }

    // kubectl creates evil.io/x of each; the merge counts there even behind an image.
    [Theory]
    [InlineData("kind: Pod\nspec:\n  containers: [{image: good.io/a}]\n  ! \"<<\": {initContainers: [{name: b, image: evil.io/x}]}")]
    [InlineData("kind: Pod\nspec:\n  containers: [{image: good.io/a}]\n  ! <<: {initContainers: [{name: b, image: evil.io/x}]}")]
    [InlineData("kind: Pod\nspec:\n  containers: [{image: good.io/a}]\n  !!merge \"<<\": {initContainers: [{name: b, image: evil.io/x}]}")]
    [InlineData("kind: Pod\nspec:\n  containers: [{image: good.io/a}]\n  !<tag:yaml.org,2002:merge> '<<': {initContainers: [{name: b, image: evil.io/x}]}")]
    [InlineData("%TAG !e! tag:yaml.org,2002:\n---\nkind: Pod\nspec:\n  containers: [{image: good.io/a}]\n  !e!merge \"<<\": {initContainers: [{name: b, image: evil.io/x}]}")]
    [InlineData("%TAG !e! tag:yaml.org,2002:\r---\rkind: Pod\rspec:\r  containers: [{image: good.io/a}]\r  !e!merge \"<<\": {initContainers: [{name: b, image: evil.io/x}]}\r")]
    [InlineData("kind: Pod\nspec:\n  containers:\n  - image: good.io/a\n    !!merge \"<<\": {image: evil.io/x}")]
    [InlineData("kind: Pod\nspec: {containers: [{image: good.io/a}]}\nitems: [{kind: Pod, apiVersion: v1, spec: {containers: [{image: evil.io/x}]}}]")]
    [InlineData("kind: Pod\nspec: {containers: [{image: good.io/a}]}\nitems: [{spec: {containers: [{image: evil.io/x}]}}]")]
    [InlineData("kind: ConfigMap\nitems: [{kind: Pod, apiVersion: v1, spec: {containers: [{image: evil.io/x}]}}]")]
    [InlineData("{\"kind\": \"ConfigMap\"}\n{kind: Pod, spec: {containers: [{image: evil.io/x}]}}")]
    public void Check_SpellingThatKubectlApplies_DoesNotPass(string manifest)
    {
        var policy = _run.Write("policy.yaml", "rules: [{name: good, match: {registries: [good.io]}, action: allow}]\ndefault: deny\n");

        Assert.NotEqual(0, _run.Run(manifest, "check", "--policy", policy).Code);
    }

    // The labels that decide are those that kubectl sends: merged ones, and keys by their value.
    [Theory]
    [InlineData("x: &x {app: bad}\nkind: Pod\nmetadata: {labels: {<<: *x}}\nspec: {containers: [{image: a}]}")]
    [InlineData("kind: Pod\nmetadata: {labels: {! \"<<\": [{b: c}, {app: bad}]}}\nspec: {containers: [{image: a}]}")]
    [InlineData("kind: Pod\nmetadata: {labels: {<<: {yes: a}, \"yes\": b, app: bad}}\nspec: {containers: [{image: a}]}")]
    [InlineData("kind: Pod\nmetadata: {<<: {labels: {app: bad}}}\nspec: {containers: [{image: a}]}")]
    public void Check_MergedLabels_Decide(string manifest)
    {
        var policy = _run.Write("policy.yaml", "rules: [{name: bad, match: {podLabels: {matchLabels: {app: bad}}}, action: deny}]\ndefault: allow\n");

        Assert.Equal(1, _run.Run(manifest, "check", "--policy", policy).Code);
    }

    [Fact]
    public void Check_MergedLabelsOfANamespace_Decide()
    {
        var policy = _run.Write("policy.yaml", "rules: [{name: bad, match: {namespaceLabels: {matchLabels: {env: bad}}}, action: deny}]\ndefault: allow\n");

        Assert.Equal(1, _run.Run("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {<<: {env: bad}}}\n---\nkind: Pod\nmetadata: {namespace: shop}\nspec: {containers: [{image: a}]}", "check", "--policy", policy).Code);
    }

    [Theory]
    [InlineData("{kind: Pod, spec: {containers: [{image: !!str nginx}]}}")]
    [InlineData("{kind: Pod, spec: {containers: [{<<: {image: nginx}, image: ghcr.io/good}]}}")]
    [InlineData("{kind: Pod, spec: {containers: [{name: a, <<: {image: nginx}}]}}")]
    [InlineData("{kind: ConfigMap, binaryData: {a: !!binary YQ==}}")]
    public void Check_EveryReaderAgrees_Passes(string manifest) =>
        Assert.Equal(0, _run.Run(manifest, "check", "--policy", _run.Write("policy.yaml", "default: allow\n")).Code);

    [Fact]
    public void Images_ItemsOfATypedListWithoutKind_AreOfItsKind()
    {
        var (_, output, _) = _run.Run("{apiVersion: apps/v1, kind: DeploymentList, items: [{spec: {template: {spec: {containers: [{image: nginx}]}}}}]}", "images", "-o", "json");

        Assert.Contains("\"spec.template.spec.containers[0].image\"", output, StringComparison.Ordinal);
        Assert.Contains("\"Deployment\"", output, StringComparison.Ordinal);
    }

    // An edit of the anchor would change the other field too, which the webhook would not.
    [Theory]
    [InlineData("{kind: Pod, metadata: {annotations: {first: &i 'nginx:1'}}, spec: {containers: [{image: *i}]}}")]
    [InlineData("kind: Pod\nspec:\n  containers:\n  - image: &i nginx:1\n    env: [{name: IMAGE, value: *i}]\n")]
    [InlineData("kind: Pod\nspec:\n  containers:\n  - image: &i nginx:1\n    args:\n    - *i\n")]
    [InlineData("{kind: Pod, metadata: {annotations: {image: &i 'nginx:1'}}, spec: {containers: [{image: *i}]}}")]
    [InlineData("{kind: List, items: [{kind: Pod, spec: {containers: [{image: &i 'nginx:1'}]}}, {kind: ConfigMap, data: {image: *i}}]}")]
    [InlineData("kind: Pod\nspec:\n  containers:\n  - image: &i nginx:1\n    env:\n    - *i : x\n")]
    public void Rewrite_AnchorAlsoForSomethingElse_IsRefused(string manifest)
    {
        var run = _run.Run(manifest, "rewrite", "--policy", _run.Write("policy.yaml", Hub));

        Assert.Equal((2, manifest), (run.Code, run.Output));
        Assert.Contains("also stands for something that is not an image", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{kind: Pod, metadata: {annotations: {first: &i 'ghcr.io/a/b'}}, spec: {containers: [{image: *i}]}}")]
    [InlineData("kind: Pod\nmetadata:\n  annotations:\n    first: &i nginx:1\n    second: *i\nspec: {containers: [{image: ghcr.io/a/b}]}\n")]
    public void Rewrite_SharedAnchorThatStays_IsFine(string manifest) =>
        Assert.Equal((0, manifest, ""), _run.Run(manifest, "rewrite", "--policy", _run.Write("policy.yaml", Hub)));

    [Theory]
    [InlineData("{x: &c {image: 'nginx:1'}, kind: Pod, spec: {containers: [{<<: *c}, {<<: *c, name: b}]}}")]
    [InlineData("{x: &s {containers: [{image: 'nginx:1'}]}, kind: Pod, spec: *s}")]
    [InlineData("{kind: Pod, spec: {containers: [{image: &i 'nginx:1'}, {image: *i}], volumes: [{image: {reference: *i}}]}}")]
    public void Rewrite_AnchorOnlyForImages_IsEditedOnce(string manifest) => Assert.Equal(
        (0, manifest.Replace("nginx:1", "registry.example.com/hub/library/nginx:1", StringComparison.Ordinal), ""),
        _run.Run(manifest, "rewrite", "--policy", _run.Write("policy.yaml", Hub)));
}
