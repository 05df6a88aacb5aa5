using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Manifests;
using k8s;
using k8s.Models;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AdmissionSdk.CommandLine.Tests.Manifests;

/// <summary>Tests that a chart, rendered as Helm would render it, is the plain form, in every namespace.</summary>
/// <remarks>Covers <see cref="HelmChart"/>, <see cref="ManifestWriter"/>.</remarks>
public sealed class HelmChartTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"chart-{Guid.NewGuid():n}");

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Theory]
    [InlineData("webhooks")]
    [InlineData("a")]
    [InlineData("123")]
    [InlineData("0x1f")]
    [InlineData("on")]
    [InlineData("null")]
    public async Task Chart_Rendered_IsThePlainForm(string namespaceName)
    {
        var rendered = await RenderAsync(namespaceName);
        var plain = Objects((await CommandRun.RunAsync($"manifests --namespace {namespaceName} --image registry.example.com/webhook:1.2")).Output);

        Assert.Equal(plain.Where(item => !item.StartsWith("{apiVersion=v1,kind=Namespace,", StringComparison.Ordinal)).Order(StringComparer.Ordinal), Objects(rendered).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("kube-system")]
    [InlineData("zoo")]
    public async Task Chart_Installed_IsNoDrift(string namespaceName)
    {
        var rendered = await RenderAsync(namespaceName);

        var code = (await CommandRun.RunAsync($"manifests --namespace {namespaceName} --format webhooks")).Output;
        Assert.Equal(2, Configurations(code).Count);
        Assert.All(Configurations(code).Zip(Configurations(rendered)), pair => Assert.Empty(ConfigurationDrift.Compare(pair.First, pair.Second)));
    }

    [Theory]
    [InlineData("1.36", false, ">=1.27.0-0")]
    [InlineData("1.36", true, ">=1.28.0-0")]
    [InlineData("1.22", false, ">=1.22.0-0")]
    [InlineData("1.20", false, ">=1.20.0-0 <1.25.0-0")]
    public async Task Chart_KubeVersion_IsWhereItsObjectsMeanWhatTheySay(string version, bool hasConditions, string expected)
    {
        var run = await CommandRun.RunAsync($"manifests --format helm --kube-version {version}", webhooks => webhooks.AddValidatingWebhook("guard.registry.example.com", webhook =>
        {
            webhook.Handle<V1Pod>(context => AdmissionResult.Allow());
            _ = hasConditions ? webhook.MatchCondition("a", "true") : webhook;
        }));

        Assert.Contains($"kubeVersion: \"{expected}\"\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chart_Values_AreImageAndReplicas()
    {
        await CommandRun.RunAsync($"manifests --out {_directory} --format helm --image registry.example.com/webhook:1.2");

        var values = await File.ReadAllTextAsync(Path.Combine(_directory, "values.yaml"));
        Assert.EndsWith("image:\n  repository: registry.example.com/webhook\n  tag: \"1.2\"\nreplicas: 2\n", values, StringComparison.Ordinal);
    }

    private async Task<string> RenderAsync(string namespaceName)
    {
        await CommandRun.RunAsync($"manifests --out {_directory} --format helm --image registry.example.com/webhook:1.2");
        var files = Directory.GetFiles(Path.Combine(_directory, "templates")).Order(StringComparer.Ordinal).Select(File.ReadAllText);
        return string.Join("---\n", files)
            .Replace("{{ .Release.Namespace }}", namespaceName, StringComparison.Ordinal)
            .Replace("{{ .Release.Service }}", "admission-sdk", StringComparison.Ordinal)
            .Replace("{{ .Values.image.repository }}:{{ .Values.image.tag }}", "registry.example.com/webhook:1.2", StringComparison.Ordinal)
            .Replace("{{ .Values.replicas }}", "2", StringComparison.Ordinal);
    }

    private static List<IKubernetesObject<V1ObjectMeta>> Configurations(string text) =>
    [
        .. text.Split("---\n").Where(document => document.Contains("WebhookConfiguration\n", StringComparison.Ordinal))
            .SelectMany(document => KubernetesYaml.LoadAllFromString(document)).Cast<IKubernetesObject<V1ObjectMeta>>(),
    ];

    /// <summary>Each object as text, keys in order, with a mark at plain scalars that a YAML reader does not take for strings.</summary>
    private static List<string> Objects(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return [.. yaml.Documents.Select(document => Text(document.RootNode))];
    }

    private static string Text(YamlNode node) => node switch
    {
        YamlMappingNode map => $"{{{string.Join(',', map.Children.Select(item => $"{Text(item.Key)}={Text(item.Value)}").Order(StringComparer.Ordinal))}}}",
        YamlSequenceNode list => $"[{string.Join(',', list.Select(Text))}]",
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when IsNoString(scalar.Value!) => $"<{scalar.Value}>",
        _ => $"{node}",
    };

    // YamlText decides, and its own tests compare YamlText with a YAML reader.
    private static bool IsNoString(string value) => CommandLine.Yaml.YamlText.Write(new JsonObject { ["a"] = value }) != $"a: {value}\n";
}
