using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Linting;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Writes findings for people and for machines.</summary>
internal static class LintReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<LintFinding> findings, LintFormat format, string source) => format switch
    {
        LintFormat.Json => new JsonArray([.. findings.Select(ToJson)]).ToJsonString(Json) + "\n",
        LintFormat.Sarif => Sarif(findings, source).ToJsonString(Json) + "\n",
        _ => findings.Count == 0 ? "No findings.\n" : string.Concat(findings.Select(finding => $"{finding}\n")),
    };

    private static JsonNode ToJson(LintFinding finding) => new JsonObject
    {
        ["id"] = finding.Rule.Id,
        ["severity"] = finding.Rule.Severity.ToString().ToLowerInvariant(),
        ["webhook"] = finding.Webhook,
        ["message"] = finding.Message,
        ["fix"] = finding.Rule.Fix,
    };

    private static JsonObject Sarif(IReadOnlyList<LintFinding> findings, string source) => new()
    {
        ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "AdmissionSdk",
                    ["rules"] = new JsonArray([.. AdmissionLint.Rules.Select(rule => (JsonNode)new JsonObject
                    {
                        ["id"] = rule.Id,
                        ["shortDescription"] = new JsonObject { ["text"] = rule.Title },
                        ["fullDescription"] = new JsonObject { ["text"] = rule.Explanation },
                        ["help"] = new JsonObject { ["text"] = rule.Fix },
                        ["defaultConfiguration"] = new JsonObject { ["level"] = Level(rule.Severity) },
                    })]),
                },
            },
            ["results"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject
            {
                ["ruleId"] = finding.Rule.Id,
                ["level"] = Level(finding.Rule.Severity),
                ["message"] = new JsonObject { ["text"] = $"{(finding.Webhook is null ? "" : $"{finding.Webhook}: ")}{finding.Message}" },
                ["locations"] = new JsonArray(new JsonObject
                {
                    // Code scanning shows nothing without a file and a line; a registration has no better one than the program.
                    ["physicalLocation"] = new JsonObject
                    {
                        ["artifactLocation"] = new JsonObject { ["uri"] = source },
                        ["region"] = new JsonObject { ["startLine"] = 1 },
                    },
                    ["logicalLocations"] = new JsonArray(new JsonObject { ["fullyQualifiedName"] = finding.Webhook ?? "all webhooks" }),
                }),
            })]),
        }),
    };

    private static string Level(LintSeverity severity) => severity switch
    {
        LintSeverity.Error => "error",
        LintSeverity.Warning => "warning",
        _ => "note",
    };
}
