using System.Text;
using AdmissionSdk.Linting;
using Shared;

namespace AdmissionSdk.Tests.Linting;

/// <summary>The page of the linter is generated from the rules.</summary>
/// <remarks>Covers docs/linter.md, <see cref="AdmissionLint"/>, <see cref="LintRule"/>, <see cref="SecondDoors"/>.</remarks>
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

        page.Append("""

            ## Second doors

            The subresources through which a part of an object is written without a review of the resource itself. The rules above come from this table, and
            every row is tried on a real API server that has the subresource. A webhook is asked about a subresource only if a rule names it, by
            `.Subresources(...)` where the review has the object itself, or by `.Resource(group, version, resource, subresource)`.

            | Resource | Subresource | Review | Object | Writes | Since |
            |---|---|---|---|---|---|

            """);
        foreach (var door in SecondDoors.All)
        {
            var resource = door.Group.Length == 0 ? door.Resource : $"{door.Resource}.{door.Group}";
            page.Append($"| {resource} | {door.Subresource} | {door.Operation.ToString().ToUpperInvariant()} | {door.Kind} | {door.Writes} | {door.Since?.ToString() ?? "always"} |\n");
        }

        page.Append("""

            A custom resource has `scale` if its definition says so (`spec.replicas`, the object is a Scale), and `status`, which writes nothing but the status.

            The same content in an object of another kind is by design a matter of another rule: the pods of a Deployment are reviewed when they are made, and
            not when the Deployment is; a HorizontalPodAutoscaler writes the scale of what it targets; a token for a service account comes from
            `serviceaccounts/token` or from a Secret; events exist in two groups, which the API server converts (matchPolicy Equivalent).

            """);
        return page.ToString();
    }
}
