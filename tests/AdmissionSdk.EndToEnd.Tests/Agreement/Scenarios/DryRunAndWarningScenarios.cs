using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>Dry run (contract 15) and warnings (contract 16).</summary>
internal static class DryRunAndWarningScenarios
{
    private const string Change = """[{"op":"add","path":"/data/x","value":"y"}]""";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario("15.1", "a dry run is mutated and not stored", [Mutating("m", Reply.Patch(Change)), Validating("v", Reply.Allow)], CreateMap() with { DryRun = true, ReadBack = true }),
        Scenario("15.1", "NoneOnDryRun is called", [Mutating("m", Reply.Patch(Change), webhook => webhook.SideEffects = "NoneOnDryRun")], CreateMap() with { DryRun = true }),
        Scenario("15.1", "a dry run is denied all the same", [Validating("v", Reply.Deny("""{"message":"no"}"""))], CreateMap() with { DryRun = true }),
        Scenario("15.1", "a dry update", [Validating("v", Reply.Allow)], new Step(Verb.MergePatch, KindInfo.ConfigMap, "m", """{"data":{"k":"x"}}""") { DryRun = true, ReadBack = true }) with { Before = [CreateMap()] },
        Scenario("15.1", "a dry delete", [Validating("v", Reply.Allow)], DeleteMap() with { DryRun = true }) with { Before = [CreateMap()] },
        Warnings("16.1", "in order and without duplicates", "a", "", "b", "a"),
        Warnings("16.1", "quotes and backslashes", "say \"hi\" \\o/"),
        Warnings("16.2", "control characters lose the text", "one\nline", "tab\t", "kept", "\u0085c1"),
        Warnings("16.3", "one text of the whole limit", new string('x', 4096), "more"),
        Warnings("16.3", "beyond the limit all are cut", new string('a', 4000), "short", new string('b', 300), new string('c', 300)),
        Warnings("16.3", "cut to the limit", [.. Enumerable.Range(0, 20).Select(i => new string((char)('a' + i), 300))]),
        Warnings("16.3", "non-ASCII counts by rune", new string('é', 4000), new string('ü', 300)),
        Scenario("16.1", "duplicates over two webhooks", [Mutating("m", Reply.With("""{"warnings":["same","mine"]}""")), Validating("v", Reply.With("""{"warnings":["same","yours"]}"""))], CreateMap()),
        Scenario("16.1", "duplicates over a reinvocation", [
            Mutating("one", Reply.With("""{"warnings":["same"]}"""), webhook => webhook.ReinvocationPolicy = "IfNeeded"), Mutating("two", Reply.Patch(Change))], CreateMap()),
    ];

    private static Scenario Warnings(string rule, string title, params string[] texts) =>
        Scenario(rule, title, [Validating("v", Reply.With(new JsonObject { ["warnings"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]) }.ToJsonString()))], CreateMap());
}
