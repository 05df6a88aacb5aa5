using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Autorest;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Describes an error of the API server in one line, with the remedy.</summary>
internal static class ApiErrors
{
    public static string Describe(HttpOperationException exception)
    {
        var message = ReadMessage(exception.Response.Content) ?? exception.Message;
        return exception.Response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => $"the API server does not know these credentials ({message}): check --context, or --token-file.",
            HttpStatusCode.Forbidden => $"{message}: ask for that right, or use another --context.",
            HttpStatusCode.UnprocessableEntity => $"the API server refuses the configuration: {message}.",

            // Server-side apply before 1.27 refuses match conditions with this message and status 500.
            _ when message.Contains("field not declared in schema", StringComparison.Ordinal) =>
                $"the API server is too old for a field that the code uses ({message}): leave the field out, or upgrade; lint --kube-version VERSION tells what a version lacks.",
            _ => $"the API server responded with status {(int)exception.Response.StatusCode}: {message}.",
        };
    }

    private static string? ReadMessage(string? content)
    {
        try
        {
            return (string?)JsonNode.Parse(content ?? "null")?["message"];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
