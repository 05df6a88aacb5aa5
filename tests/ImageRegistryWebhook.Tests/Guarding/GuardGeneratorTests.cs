using System.Text;
using AdmissionSdk;
using ImageRegistryWebhook.Guarding;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Tests.Guarding;

/// <remarks>Covers <see cref="GuardGenerator"/>, <see cref="GeneratedGuard"/>, <see cref="CelText"/>.</remarks>
public sealed class GuardGeneratorTests
{
    private const string LeftToTheWebhook =
        """
        rules:
          - {name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub, guard: webhook}
          - {name: ours, match: {registries: [registry.example.com]}, action: allow}
        default: deny
        check: {exists: keepSource}
        require: {forbidTags: [latest]}
        """;

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(34)]
    [InlineData(37)]
    public void Generate_EveryPolicy_CompilesInEveryVersion(int minor) =>
        Assert.All(
            Examples.Names.Select(name => Examples.Load(name).Policy!).Concat(GuardPolicyText.All.Concat(PolicyText.Samples).Append(LeftToTheWebhook).Select(text => PolicyText.Engine(text).Policy)),
            policy => Assert.NotNull(GuardProgram.Compile(GuardGenerator.Generate(policy), new Version(1, minor))));

    [Fact]
    public void Generate_ManyRulesAndALargeLock_CompilesAndStaysWithinTheCosts()
    {
        var text = new StringBuilder("rules:\n");
        for (var index = 0; index < 100; index++)
        {
            text.Append($"  - {{name: rule{index}, match: {{registries: [r{index}.example.com], repositories: [team{index}/, 'x/*/y{index}'], namespaces: ['n{index}-*']}}, action: allow}}\n");
        }

        var images = "version: 1\nimages:\n" + string.Concat(Enumerable.Range(0, 1000).Select(index => $"  registry.example.com/acme/web{index}:1.{index}: {SamplePods.Digest}\n"));
        var rig = new GuardRig(PolicyText.Engine(text + "default: allow\npin: {lockFile: images.lock}", images));

        var (isAllowed, cost) = rig.Judge(GuardCase.OfImages(20, "registry.example.com/acme/other:1.0"));

        Assert.True(isAllowed);
        Assert.InRange(cost, 1, 2_000_000);
    }

    [Fact]
    public void Generate_LockWithTooManyImages_DeniesEveryImageWithoutADigest()
    {
        var images = "version: 1\nimages:\n" + string.Concat(Enumerable.Range(0, 1001).Select(index => $"  a/web{index}: {SamplePods.Digest}\n"));
        var rig = new GuardRig(PolicyText.Engine("default: allow\npin: {lockFile: images.lock}", images));

        Assert.False(rig.Judge(GuardCase.OfImage("nginx:1.9")).IsAllowed);
        Assert.True(rig.Judge(GuardCase.OfImage("nginx@" + SamplePods.Digest)).IsAllowed);
        Assert.Contains(rig.Guard.Notes, note => note.StartsWith(GuardReasons.Lock, StringComparison.Ordinal));
    }

    [Fact]
    public void Generate_PodWithMoreImagesThanTheLimitsAllow_IsDenied()
    {
        var rig = new GuardRig(PolicyText.Engine("default: allow"));

        Assert.True(rig.Judge(GuardCase.OfImages(100, "registry.example.com/acme/web:1.2")).IsAllowed);
        Assert.False(rig.Judge(GuardCase.OfImages(20_000, "registry.example.com/acme/web:1.2")).IsAllowed);
    }

    [Fact]
    public async Task Generate_RuleThatIsLeftToTheWebhook_AllowsItsImagesAndNothingElseMore()
    {
        var rig = new GuardRig(PolicyText.Engine(LeftToTheWebhook));
        var left = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var @case = GuardCase.Of(seed);
            var result = await rig.CompareAsync(@case);

            // The policy allows more only for an image of Docker Hub.
            if (result.Problem is { } problem)
            {
                Assert.True(result.IsAllowed, problem);
                Assert.Contains(@case.Images, image => PolicyText.Engine("default: allow").Decide(new ImageContext(image)).Reference?.Host.IsDockerHub == true);
                left++;
            }
        }

        Assert.NotEqual(0, left);
        Assert.True(rig.Judge(GuardCase.OfImage("nginx:1.9")).IsAllowed);
        Assert.False(rig.Judge(GuardCase.OfImage("nginx")).IsAllowed);
        Assert.False(rig.Judge(GuardCase.OfImage("quay.io/a/b:1")).IsAllowed);
        Assert.StartsWith("images of rule hub are left to the webhook (guard: webhook)", rig.Guard.PartialReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("allow")]
    [InlineData("deny")]
    [InlineData("warn")]
    public void Read_GuardAtARuleThatCelDecides_IsAnError(string action)
    {
        var error = Assert.Single(PolicyText.Errors($"rules: [{{name: a, action: {action}, guard: webhook}}]\ndefault: deny"));

        Assert.Contains("guard is for rules with action rewrite", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_LabelEditOfALargePod_IsAllowedByBoth()
    {
        var rig = new GuardRig(PolicyText.Engine("default: deny"));
        var @case = GuardCase.OfLabelEdit(2000, "quay.io/a/b:1");

        Assert.Equal(AdmissionDecision.Allow, await rig.HandleAsync(@case));
        Assert.True(rig.Judge(@case).IsAllowed);
    }

    [Theory]
    [InlineData("it's", @"'it\'s'")]
    [InlineData("a\\b", @"'a\\b'")]
    [InlineData("line\nbreak", @"'line\u000abreak'")]
    [InlineData("é😀", @"'\u00e9\U0001f600'")]
    public void Quote_Text_IsALiteral(string text, string literal) => Assert.Equal(literal, CelText.Quote(text));
}
