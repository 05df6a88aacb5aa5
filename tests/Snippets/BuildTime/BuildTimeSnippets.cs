using System.CommandLine;
using AdmissionSdk;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.CommandLine.Yaml;
using k8s.Models;

namespace Snippets.Tests.BuildTime;

/// <summary>The code in docs/build-time.md.</summary>
public sealed class BuildTimeSnippets : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task OwnCommand_OfThePage_ReportsWhatHasNoOwner()
    {
        File.WriteAllText(_file, "kind: ConfigMap\nmetadata: {name: a, labels: {owner: shop}}\n---\nkind: ConfigMap\nmetadata: {name: b}\n");
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddAdmissionWebhooks().AddValidator<V1Pod>("guard.registry.example.com", _ => AdmissionResult.Allow());
        await using var app = builder.Build();
        using var output = new StringWriter { NewLine = "\n" };

        #region build-time-own-command
        var owners = new Command("owners", "Finds objects without an owner.");
        var paths = ManifestSource.CreatePathsArgument();
        owners.Add(paths);
        owners.SetAction(parsed =>
        {
            var report = FindingReport.Create(ReportFormat.Text, parsed.InvocationConfiguration.Output, "owners", "objects");
            var source = new ManifestSource(parsed.GetValue(paths), parsed.InvocationConfiguration.Error, report.Add);
            var violations = false;
            foreach (var item in source.Read().SelectMany(source.ReadObjects))
            {
                var labels = (item.Node.Find("metadata") as YamlMapping)?.Find("labels") as YamlMapping;
                var owner = labels?.Find("owner");
                violations |= owner is null;
                report.Add(new Finding
                {
                    File = item.File,
                    Line = item.Node.Line,
                    Column = item.Node.Column,
                    Level = owner is null ? FindingLevel.Error : FindingLevel.None,
                    Verdict = owner is null ? "missing" : "fine",
                    Rule = "owner",
                    Subject = item.Title,
                    Message = "a label owner is needed",
                });
            }

            report.Complete();
            return source.Failed ? 2 : violations ? 1 : 0;
        });
        #endregion

        var code = await app.RunAdmissionWebhooksAsync(["owners", _file], commandLine => commandLine.Add(owners), new InvocationConfiguration { Output = output }, CancellationToken.None);

        Assert.Equal((1, $"{_file}:4:1: missing: ConfigMap b: a label owner is needed\n2 objects, 1 violations\n"), (code, output.ToString()));
    }
}
