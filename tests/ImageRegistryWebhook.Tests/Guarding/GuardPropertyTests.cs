using System.Globalization;
using ImageRegistryWebhook.Guarding;
using ImageRegistryWebhook.Policies;
using Shared;
using Xunit.Abstractions;

namespace ImageRegistryWebhook.Tests.Guarding;

/// <summary>The guard policy never allows what the handler denies, and denies more only for reasons that the page names.</summary>
/// <remarks>Covers <see cref="GuardGenerator"/>, <see cref="GuardProgram"/>, <see cref="PodImagesCel"/>, <see cref="ImagePartsCel"/>, <see cref="ImageGrammar"/>, <see cref="RuleCel"/>, <see cref="CelText"/>, <see cref="GuardReasons"/>.</remarks>
public sealed class GuardPropertyTests(ITestOutputHelper output)
{
    private static readonly int Cases = RandomRuns.Full ? 10_000 : 120;

    // The other policies, beside the examples, have fewer cases in a full run.
    private const int MostOther = 1000;

    [Fact]
    public async Task Examples_PodsAndUpdates_PolicyIsNeverWeakerThanTheHandler()
    {
        List<(string Name, GuardRig Rig)> rigs =
        [
            .. Examples.Names.Select(name => (name, new GuardRig(new PolicyEngine(Examples.Load(name).Policy!)))),
            .. GuardPolicyText.All.Concat(PolicyText.Samples).Select((text, index) => ($"sample {index}", new GuardRig(PolicyText.Engine(text)))),
        ];
        SortedDictionary<string, int> stricter = new(StringComparer.Ordinal);
        var (allowed, denied, most) = (0, 0, 0L);
        for (var seed = 0; seed < Cases; seed++)
        {
            var @case = GuardCase.Of(seed);
            foreach (var (name, rig) in seed < MostOther ? rigs : rigs[..Examples.Names.Count])
            {
                var result = await rig.CompareAsync(@case);
                Assert.True(result.Problem is null, $"{name}, seed {seed}: {result.Problem}\n{@case}");
                if (result.Stricter is { } reason)
                {
                    stricter[reason] = stricter.GetValueOrDefault(reason) + 1;
                }

                most = Math.Max(most, result.Cost);
                _ = result.IsAllowed ? allowed++ : denied++;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Cases} requests, {rigs.Count} policies: {allowed} allowed, {denied} denied, 0 weaker, highest cost {most}"));
        output.WriteLine(string.Join(", ", stricter.Select(item => $"stricter by {item.Key}: {item.Value}")));

        // Both outcomes occur often, or nothing was compared.
        Assert.True(allowed > Cases && denied > Cases);
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "guard-policy.md"));
        Assert.All(stricter.Keys, reason => Assert.Contains($"| `{reason.Split(':')[0]}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task HostileImages_UnderEveryPolicy_PolicyIsNeverWeakerThanTheHandler()
    {
        var engines = GuardPolicyText.All.Append("default: allow").Select(text => PolicyText.Engine(text)).ToList();
        var rigs = engines.ConvertAll(engine => new GuardRig(engine));
        var images = HostileReference.All().Where((_, index) => RandomRuns.Full || index % 40 == 0).Distinct(StringComparer.Ordinal).ToList();
        foreach (var image in images)
        {
            var @case = GuardCase.OfImage(image);
            foreach (var rig in rigs)
            {
                var result = await rig.CompareAsync(@case);
                Assert.True(result.Problem is null, $"{image}: {result.Problem}");
            }
        }
    }
}
