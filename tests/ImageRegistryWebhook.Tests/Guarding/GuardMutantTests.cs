using ImageRegistryWebhook.Guarding;

namespace ImageRegistryWebhook.Tests.Guarding;

/// <summary>The comparison of policy and handler finds each wrong policy: the cases reach what a generator can get wrong.</summary>
/// <remarks>Covers <see cref="GuardGenerator"/>.</remarks>
public sealed class GuardMutantTests
{
    private const int MostCases = 4000;

    public static TheoryData<string> Mutants => [.. GuardMutant.All.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Mutants))]
    public async Task Mutant_OfAGeneratedPolicy_IsFound(string name)
    {
        var (right, wrong) = GuardMutant.All.Single(mutant => mutant.Name == name).Apply();
        for (var seed = 0; seed < MostCases; seed++)
        {
            var @case = GuardCase.Of(seed);
            if ((await wrong.CompareAsync(@case)).Problem is not null)
            {
                // The change is what is wrong, and not the case.
                Assert.Null((await right.CompareAsync(@case)).Problem);
                return;
            }
        }

        Assert.Fail($"no case of {MostCases} tells this policy from the right one");
    }
}
