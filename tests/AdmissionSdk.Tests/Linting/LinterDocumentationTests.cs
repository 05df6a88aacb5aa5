using System.Text;
using AdmissionSdk.Linting;
using Shared;

namespace AdmissionSdk.Tests.Linting;

/// <summary>The page of the linter is generated from the rules.</summary>
/// <remarks>Covers docs/linter.md, <see cref="AdmissionLint"/>, <see cref="LintRule"/>.</remarks>
public sealed class LinterDocumentationTests
{
    // To write the page anew: UPDATE_DOCS=1 dotnet test tests/AdmissionSdk.Tests --filter LinterDocumentation
    [Fact]
    public void Page_OfTheLinter_IsWhatTheRulesSay()
    {
        var expected = Write();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Page, expected);
        }

        Assert.Equal(expected, File.ReadAllText(Page));
    }

    private static string Page => Path.Combine(Repository.Root, "docs", "linter.md");

    private static string Write()
    {
        var page = new StringBuilder("""
            # The linter

            The linter finds registrations of webhooks that can hurt a cluster. The linter runs

            - when the application starts, as log lines (event 700, `LintFound`), and never stops the start,
            - on the command line: `dotnet run -- lint` (`--output text|json|sarif|junit|github`, as for [`check`](build-time.md#reports); exit code 1 for errors, with `--strict` for warnings too),
            - in tests: `Assert.Empty(AdmissionLint.Run(app.Services))`.

            The linter checks the registered webhooks, and the target of their manifests (`AdmissionWebhooks:Manifests`, or the options of `lint`). To
            accept a finding, give the reason where the webhook is registered: `.AcceptLint("ADM1001", "only advice, never a gate")`.

            This page is generated from the rules; a test compares the two.

            | Rule | Severity | |
            |---|---|---|

            """);
        foreach (var rule in AdmissionLint.Rules)
        {
            page.Append($"| [{rule.Id}](#{rule.Id.ToLowerInvariant()}) | {rule.Severity} | {rule.Title} |\n");
        }

        foreach (var rule in AdmissionLint.Rules)
        {
            page.Append($"\n## {rule.Id}\n\n**{rule.Title}** ({rule.Severity.ToString().ToLowerInvariant()})\n\n{rule.Explanation}\n\nFix: {rule.Fix}\n");
        }

        return page.ToString();
    }
}
