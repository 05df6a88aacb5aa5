using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Simulation.Results;

/// <summary>Formats a Status as kubectl prints it (contract 10.4), without the file name before the message.</summary>
internal static class KubectlLine
{
    public static string Format(JsonObject status)
    {
        var (reason, message) = (status.Text("reason"), status.Text("message"));
        return reason switch
        {
            "Invalid" => Invalid(status["details"] as JsonObject, message),
            "Unauthorized" => $"error: You must be logged in to the server ({message})",
            "" => $"Error from server: {message}",
            _ => $"Error from server ({reason}): {message}",
        };
    }

    private static string Invalid(JsonObject? details, string message)
    {
        var (kind, name) = (details.Text("kind"), details.Text("name"));
        var causes = (details?["causes"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(cause => $"{cause.Text("field")}: {cause.Text("message")}").Distinct(StringComparer.Ordinal).ToList();
        var text = "The request is invalid";
        if (kind.Length > 0 || name.Length > 0)
        {
            text = $"The {kind} \"{name}\" is invalid";
        }
        else if (causes.Count == 0 && message.Length > 0)
        {
            text = $"{text}: {message}";
        }

        return causes.Count switch
        {
            0 => text,
            1 => $"{text}: {causes[0]}",
            _ => $"{text}: \n* {string.Join("\n* ", causes)}",
        };
    }
}
