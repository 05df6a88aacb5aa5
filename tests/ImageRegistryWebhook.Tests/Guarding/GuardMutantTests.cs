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
        var rig = GuardMutant.All.Single(mutant => mutant.Name == name).Apply();
        for (var seed = 0; seed < MostCases; seed++)
        {
            if ((await rig.CompareAsync(GuardCase.Of(seed))).Problem is not null)
            {
                return;
            }
        }

        Assert.Fail($"no case of {MostCases} tells this policy from the right one");
    }
}
