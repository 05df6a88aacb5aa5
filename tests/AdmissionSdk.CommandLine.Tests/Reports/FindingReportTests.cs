using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Tests.Reports;

/// <remarks>Covers <see cref="FindingReport"/>, <see cref="Finding"/>, <see cref="TextReport"/>, <see cref="JsonReport"/>, <see cref="SarifReport"/>, <see cref="ReportPaths"/>, <see cref="RuleHelp"/>, <see cref="JUnitReport"/>, <see cref="GitHubReport"/>.</remarks>
public sealed class FindingReportTests
{
    [Theory]
    [InlineData(ReportFormat.Text, "./::a\\nb.yaml:2:3: deny: Pod a: not today\n1 objects, 1 violations\n")]
    [InlineData(ReportFormat.GitHub, "::error file=%3A%3Aa%0Ab.yaml,line=2,col=3,title=guard::Pod a: not today\n")]
    [InlineData(ReportFormat.Json, "[\n{\n  \"file\": \"::a\\nb.yaml\",\n  \"line\": 2,\n  \"column\": 3,\n  \"level\": \"error\",\n  \"verdict\": \"deny\",\n  \"rule\": \"guard\",\n  \"subject\": \"Pod a\",\n  \"message\": \"not today\"\n}\n]\n")]
    public void Report_HostileFile_CannotBeginALine(ReportFormat format, string expected) => Assert.Equal(expected, Write(format, Deny()));

    [Theory]
    [InlineData(ReportFormat.Text)]
    [InlineData(ReportFormat.GitHub)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.Sarif)]
    [InlineData(ReportFormat.JUnit)]
    public void Report_HostileText_HasNoCharacterThatNobodySees(ReportFormat format)
    {
        var finding = new Finding
        {
            File = "a\u202e\u001bb.yaml",
            Line = 1,
            Column = 1,
            Level = FindingLevel.Error,
            Verdict = "deny",
            Rule = "guard",
            Subject = "Pod a\u202e\u001b[2J",
            Message = "nginx\u001b[2J\r\nWarning: all fine\u2066",
        };

        var text = Write(format, finding);

        // Data for programs is escaped by its own format: a parser of the JSON gives the file's very name.
        Assert.DoesNotContain(text, character => (char.IsControl(character) && character != '\n') || (character is '\u202e' or '\u2066' && format != ReportFormat.Json));
        Assert.Contains("Warning: all fine", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nWarning", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_Sarif_HasTheRuleTheLevelAndThePlace() =>
        Assert.Equal(
            """
            {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"results":[{"ruleId":"guard","level":"error","message":{"text":"Pod a: not today"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"%3A%3Aa%0Ab.yaml","uriBaseId":"%SRCROOT%"},"region":{"startLine":2,"startColumn":3}}}]}],"invocations":[{"executionSuccessful":true}],"tool":{"driver":{"name":"tool","rules":[
            """.TrimEnd('\n', '\r'),
            Write(ReportFormat.Sarif, Deny()).Split("{\"id\"")[0]);

    [Theory]
    [InlineData(ReportFormat.Sarif)]
    [InlineData(ReportFormat.GitHub)]
    public void Report_Place_IsNamedAsCodeHostsNameIt(ReportFormat format)
    {
        (string File, string Sarif, string GitHub)[] names =
        [
            ("a.yaml", "a.yaml", "a.yaml"), ("./a.yaml", "a.yaml", "a.yaml"), ("t/../t/q.yaml", "t/q.yaml", "t/q.yaml"), ("t//./q r.yaml", "t/q%20r.yaml", "t/q r.yaml"),
            ("/checkout/repository/sub/a.yaml", "sub/a.yaml", "sub/a.yaml"), ("/elsewhere/b c.yaml", "file:///elsewhere/b%20c.yaml", "/elsewhere/b c.yaml"),
            ("../../outside.yaml", "file:///outside.yaml", "/outside.yaml"), ("<stdin>", "%3Cstdin%3E", "<stdin>"),
        ];
        foreach (var (file, sarif, gitHub) in names)
        {
            var text = Write(format, Deny(file));

            Assert.Contains(format == ReportFormat.Sarif ? $"\"uri\":\"{sarif}\"" : $"file={gitHub},", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Report_PlaceBelowTheRoot_IsRelativeToTheRoot()
    {
        var paths = new ReportPaths("/checkout/repository/sub", "/checkout/repository");

        Assert.Equal(["sub/a.yaml", "a.yaml", "a.yaml"], [paths.Find(Deny("a.yaml")), paths.Find(Deny("../a.yaml")), paths.Find(Deny("a.yaml", isFromRoot: true))]);
    }

    [Theory]
    [InlineData("guard")]
    [InlineData("default")]
    [InlineData(Finding.UnreadableRule)]
    [InlineData("unread")]
    [InlineData("items")]
    public void Report_EveryRule_HasATitleADescriptionAHelpAndALink(string rule)
    {
        using var sarif = System.Text.Json.JsonDocument.Parse(Write(ReportFormat.Sarif, Deny(rule: rule)));
        var found = sarif.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules")[0];

        Assert.All(["shortDescription", "fullDescription", "help"], name => Assert.NotEqual("", found.GetProperty(name).GetProperty("text").GetString()));
        Assert.True(Uri.IsWellFormedUriString(found.GetProperty("helpUri").GetString(), UriKind.Absolute));
    }

    [Fact]
    public void Report_JUnit_CountsViolationsAndUnreadableFiles()
    {
        var unreadable = Finding.CreateForInput("b.yaml", 0, 0, FindingLevel.Error, Finding.UnreadableRule, "not YAML");

        var text = Write(ReportFormat.JUnit, Deny(), unreadable);

        Assert.StartsWith("<testsuites tests=\"2\" failures=\"1\" errors=\"1\">", text, StringComparison.Ordinal);
        Assert.Contains("<error type=\"unreadable\" message=\"not YAML\">b.yaml:1:1: not YAML</error>", text, StringComparison.Ordinal);
    }

    private static string Write(ReportFormat format, params Finding[] findings)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var report = FindingReport.Create(format, output, "tool", "objects", all: false, new ReportPaths("/checkout/repository", "/checkout/repository"));
        Assert.All(findings, report.Add);
        report.Complete();
        return output.ToString();
    }

    private static Finding Deny(string file = "::a\nb.yaml", string rule = "guard", bool isFromRoot = false) => new()
    {
        File = file,
        IsFromRoot = isFromRoot,
        Line = 2,
        Column = 3,
        Level = FindingLevel.Error,
        Verdict = "deny",
        Rule = rule,
        Subject = "Pod a",
        Message = "not today",
    };
}
