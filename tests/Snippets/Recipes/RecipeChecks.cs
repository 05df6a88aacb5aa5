using AdmissionSdk.Linting;
using AdmissionSdk.Testing;

namespace Snippets.Tests.Recipes;

/// <summary>Properties that a recipe must have, since readers copy it: well behaved, and nothing for the linter but advice.</summary>
internal static class RecipeChecks
{
    public static async Task EnsureSoundAsync(AdmissionTestHost host, AdmissionReviewBuilder? review = null)
    {
        Assert.DoesNotContain(AdmissionLint.Run(host.Services), finding => finding.Rule.Severity != LintSeverity.Info);
        if (review is not null)
        {
            await host.EnsureWellBehavedAsync(review);
        }
    }
}
