using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>Runs a scenario and writes its transcript, without the values that differ from run to run.</summary>
internal static partial class ScenarioRun
{
    public static async Task<string> TranscribeAsync(Scenario scenario, IApiServerUnderTest server)
    {
        var @namespace = await server.PrepareAsync(scenario);
        foreach (var step in scenario.Before)
        {
            var result = await server.SendAsync(Place(step, @namespace), @namespace);
            Assert.True(result.Code < 300, $"{scenario}: {step} gave {result.Code} {result.Body?.ToJsonString()}");
        }

        var app = new ScenarioApp(scenario);
        var text = new StringBuilder();
        await using (scenario.Webhooks.Count == 0 ? null : await server.InstallAsync(scenario, app))
        {
            app.TakeCalls();
            foreach (var step in scenario.Steps)
            {
                var placed = Place(step, @namespace);
                var result = await server.SendAsync(placed, @namespace);
                var calls = app.TakeCalls();
                var after = step.ReadBack ? await server.SendAsync(placed with { Verb = Verb.Get, Subresource = "" }, @namespace) : null;
                Write(text, scenario, step, result, after, calls);
            }
        }

        return Normalise(text.ToString(), @namespace);
    }

    private static void Write(StringBuilder text, Scenario scenario, Step step, StepResult result, StepResult? after, IReadOnlyList<string> calls)
    {
        text.Append(step.Verb).Append(' ').Append(step.Kind.Plural).Append(' ').Append(step.Name).Append(step.Subresource).Append(" -> ").Append(result.Code).Append('\n');
        text.Append(Describe(result.Body, scenario.MessageUpTo));
        if (result.RetryAfter is not null)
        {
            text.Append("  retry-after ").Append(result.RetryAfter).Append('\n');
        }

        foreach (var warning in result.Warnings)
        {
            text.Append("  warning ").Append(warning).Append('\n');
        }

        foreach (var annotation in result.Audit)
        {
            text.Append("  audit ").Append(annotation).Append('\n');
        }

        foreach (var call in calls)
        {
            text.Append("  call ").Append(call).Append('\n');
        }

        if (after is not null)
        {
            text.Append("  stored ").Append(after.Code).Append(' ').Append(after.Code == 200 ? TranscriptJson.Text(after.Body!) : "").Append('\n');
        }
    }

    private static string Describe(JsonObject? body, string? messageUpTo)
    {
        if (body?["kind"]?.GetValue<string>() != "Status")
        {
            return body is null ? "" : $"  object {TranscriptJson.Text(body)}\n";
        }

        if (body["status"]?.GetValue<string>() == "Success")
        {
            return $"  success{Details(body, "")}\n";
        }

        var message = body["message"]?.GetValue<string>() ?? "";
        if (messageUpTo is not null)
        {
            var older = messageUpTo.Replace("failed to call webhook: ", "", StringComparison.Ordinal);
            var known = new[] { messageUpTo, older }.FirstOrDefault(start => message.StartsWith(start, StringComparison.Ordinal));
            message = known is null ? message : $"{known}…";
        }

        var details = messageUpTo is null ? Details(body, message) : "";
        return $"  {body["status"]?.GetValue<string>()} {body["reason"]?.GetValue<string>() ?? "-"}: {message}{details}\n";
    }

    /// <summary>The details, unless the details only repeat the message of an internal error.</summary>
    private static string Details(JsonObject status, string message)
    {
        const string Internal = "Internal error occurred: ";
        if (status["details"] is not JsonObject details)
        {
            return "";
        }

        var repeats = details is { Count: 1 } && details["causes"] is JsonArray { Count: 1 } causes && causes[0] is JsonObject { Count: 1 } cause
            && message.StartsWith(Internal, StringComparison.Ordinal) && (string?)cause["message"] == message[Internal.Length..];
        return repeats ? "" : $"\n    details {TranscriptJson.Text(details)}";
    }

    private static Step Place(Step step, string @namespace) => step with
    {
        Name = step.Name.Replace("$NS", @namespace, StringComparison.Ordinal),
        Body = step.Body.Replace("$NS", @namespace, StringComparison.Ordinal),
        Namespace = step.Namespace?.Replace("$NS", @namespace, StringComparison.Ordinal),
    };

    // The namespace, ports, generated names and uids are not part of the agreement.
    private static string Normalise(string text, string @namespace)
    {
        var result = text.Replace(@namespace, "$NS", StringComparison.Ordinal);
        result = PortPattern().Replace(result, "127.0.0.1:PORT");
        result = UidPattern().Replace(result, "UID");
        result = SchemePattern().Replace(result, "scheme \"SCHEME\"");
        return GeneratedPattern().Replace(result, "generated-XXXXX");
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex PortPattern();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex UidPattern();

    // A line of the API server's source.
    [GeneratedRegex("scheme \"[^\"]*\"")]
    private static partial Regex SchemePattern();

    [GeneratedRegex("generated-[a-z0-9]{5}")]
    private static partial Regex GeneratedPattern();
}
