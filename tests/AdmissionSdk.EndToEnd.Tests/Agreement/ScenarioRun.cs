using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>Runs a scenario and writes down what happened, without what differs from run to run.</summary>
internal static partial class ScenarioRun
{
    private static readonly string[] ServerSet = ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink", "deletionTimestamp"];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<string> TranscribeAsync(Scenario scenario, IApiServerUnderTest server)
    {
        var space = await server.PrepareAsync(scenario);
        foreach (var step in scenario.Before)
        {
            var result = await server.SendAsync(Place(step, space), space);
            Assert.True(result.Code < 300, $"{scenario}: {step} gave {result.Code} {result.Body?.ToJsonString()}");
        }
        var app = new ScenarioApp(scenario);
        var text = new StringBuilder();
        await using (scenario.Hooks.Count == 0 ? null : await server.InstallAsync(scenario, app))
        {
            app.TakeCalls();
            foreach (var step in scenario.Steps)
            {
                var placed = Place(step, space);
                var result = await server.SendAsync(placed, space);
                var calls = app.TakeCalls();
                var after = step.ReadBack ? await server.SendAsync(placed with { Verb = Verb.Get, Subresource = "" }, space) : null;
                Write(text, scenario, step, result, after, calls);
            }
        }
        return Normalise(text.ToString(), space);
    }

    private static void Write(StringBuilder text, Scenario scenario, Step step, StepResult result, StepResult? after, IReadOnlyList<string> calls)
    {
        text.Append(step.Verb).Append(' ').Append(step.Kind.Plural).Append(' ').Append(step.Name).Append(step.Subresource).Append(" -> ").Append(result.Code).Append('\n');
        text.Append(Describe(result.Body, scenario.MessageUpTo));
        foreach (var warning in result.Warnings)
        {
            text.Append("  warning ").Append(warning).Append('\n');
        }
        foreach (var call in calls)
        {
            text.Append("  call ").Append(call).Append('\n');
        }
        if (after is not null)
        {
            text.Append("  stored ").Append(after.Code).Append(' ').Append(after.Code == 200 ? Text(after.Body) : "").Append('\n');
        }
    }

    private static string Describe(JsonObject? body, string? messageUpTo)
    {
        if (body?["kind"]?.GetValue<string>() != "Status")
        {
            return body is null ? "" : $"  object {Text(body)}\n";
        }
        if (body["status"]?.GetValue<string>() == "Success")
        {
            return "  success\n";
        }
        var message = body["message"]?.GetValue<string>() ?? "";
        if (messageUpTo is not null)
        {
            var older = messageUpTo.Replace("failed to call webhook: ", "", StringComparison.Ordinal);
            var known = new[] { messageUpTo, older }.FirstOrDefault(start => message.StartsWith(start, StringComparison.Ordinal));
            message = known is null ? message : $"{known}…";
        }
        return $"  {body["status"]?.GetValue<string>()} {body["reason"]?.GetValue<string>() ?? "-"}: {message}\n";
    }

    private static string Text(JsonObject? body)
    {
        var json = body!.DeepClone().AsObject();
        Clean(json);
        foreach (var item in json["items"] as JsonArray ?? [])
        {
            Clean(item!.AsObject());
        }
        return Sorted(json)!.ToJsonString(Readable);
    }

    private static void Clean(JsonObject json)
    {
        if (json["metadata"] is JsonObject metadata)
        {
            foreach (var name in ServerSet)
            {
                metadata.Remove(name);
            }
        }
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static Step Place(Step step, string space) => step with
    {
        Name = step.Name.Replace("$NS", space, StringComparison.Ordinal),
        Body = step.Body.Replace("$NS", space, StringComparison.Ordinal),
        Namespace = step.Namespace?.Replace("$NS", space, StringComparison.Ordinal),
    };

    // The namespace, ports, generated names and uids are no part of the agreement.
    private static string Normalise(string text, string space)
    {
        var result = text.Replace(space, "$NS", StringComparison.Ordinal);
        result = PortPattern().Replace(result, "127.0.0.1:PORT");
        result = UidPattern().Replace(result, "UID");
        return GeneratedPattern().Replace(result, "generated-XXXXX");
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex PortPattern();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex UidPattern();

    [GeneratedRegex("generated-[a-z0-9]{5}")]
    private static partial Regex GeneratedPattern();
}
