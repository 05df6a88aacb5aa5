using System.Text;
using AdmissionSdk.Linting;
using Shared;

namespace AdmissionSdk.Tests.Linting;

/// <summary>The page of the linter lists the rules there are.</summary>
/// <remarks>Covers docs/linter.md, <see cref="AdmissionLint"/>.</remarks>
public sealed class LinterDocumentationTests
{
    // Written anew by: UPDATE_DOCS=1 dotnet test tests/AdmissionSdk.Tests --filter LinterDocumentation
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

            Ways in which admission webhooks hurt clusters, found before a cluster finds them. It runs

            - when the application starts, as log lines (event 700, `LintFound`); it never stops the start,
            - on the command line: `dotnet run -- lint` (`--output text|json|sarif`; exit code 1 for errors, with `--strict` for warnings too),
            - in tests: `Assert.Empty(AdmissionLint.Run(app.Services))`.

            It looks at what is registered, and at where it is to run (`AdmissionWebhooks:Manifests`, or the options of `lint`). When a finding is meant
            to be so, say why where the webhook is registered: `.AcceptLint("ADM1001", "only advice, never a gate")`.

            This page is made from the rules; a test keeps it so.

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
