using System.Text.RegularExpressions;
using AdmissionSdk.Testing;
using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Tests.Admission;
using Shared;

namespace ImageRegistryWebhook.Tests.Hosting;

/// <summary>What docs/image-policy.md shows is what happens.</summary>
public sealed partial class ImagePolicyPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "image-policy.md"));

    [Fact]
    public void Policies_AreValidWithoutWarnings()
    {
        var policies = Blocks("yaml", "rules:");

        Assert.Equal(2, policies.Count);
        Assert.All(policies, policy =>
        {
            var load = PolicyReader.Read(policy, "policy.yaml");
            Assert.Empty(load.Errors);
            Assert.Empty(load.Warnings);
        });
    }

    [Fact]
    public void Check_OfTheDeployment_SaysWhatThePageSays()
    {
        var directory = Directory.CreateTempSubdirectory("page-");
        var (policy, manifest) = (Path.Combine(directory.FullName, "policy.yaml"), Path.Combine(directory.FullName, "shop.yaml"));
        File.WriteAllText(policy, Blocks("yaml", "rules:")[0]);
        File.WriteAllText(manifest, Blocks("yaml", "apiVersion:")[0]);
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter());

        ImageCommandLine.Run(["check", "--policy", policy, manifest], null, output, error);

        Assert.Equal(Blocks("text", "shop.yaml")[0], output.ToString().Replace(manifest, "shop.yaml", StringComparison.Ordinal));
        directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Audit", true)]
    [InlineData("Enforce", false)]
    public async Task Mode_OfTheGuard_IsSetAsThePageSetsIt(string mode, bool allowed)
    {
        var variable = Assert.Single(Settings().Matches(Page), match => match.Groups["value"].Value == mode).Groups["name"].Value;
        await using var webhook = await WebhookUnderTest.StartAsync(
            Blocks("yaml", "rules:")[0], $"--{variable.Replace("__", ":", StringComparison.Ordinal)}={mode}");

        var outcome = await webhook.ValidateAsync(AdmissionReviewBuilder.Create(Samples.Pod("quay.io/acme/exporter:1")));

        Assert.Equal(allowed, outcome.Allowed);
        Assert.Empty(outcome.Warnings);
    }

    private static List<string> Blocks(string language, string start) =>
        [.. Fences().Matches(Page).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["text"].Value)
            .Where(text => text.StartsWith(start, StringComparison.Ordinal))];

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"(?<name>AdmissionWebhooks__\S+)=(?<value>\w+)")]
    private static partial Regex Settings();
}
