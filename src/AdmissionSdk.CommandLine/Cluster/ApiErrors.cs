using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Autorest;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>What the API server said, in one line with what to do about it.</summary>
internal static class ApiErrors
{
    public static string Describe(HttpOperationException exception)
    {
        var message = Message(exception.Response.Content) ?? exception.Message;
        return exception.Response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => $"the API server does not know these credentials ({message}): check --context, or --token-file.",
            HttpStatusCode.Forbidden => $"{message}: ask for that right, or use another --context.",
            HttpStatusCode.UnprocessableEntity => $"the API server refuses the configuration: {message}.",

            // What server-side apply says, with status 500, of match conditions before 1.27.
            _ when message.Contains("field not declared in schema", StringComparison.Ordinal) =>
                $"the API server is too old for a field that the code uses ({message}): leave the field out, or upgrade; lint --kube-version VERSION tells what a version lacks.",
            _ => $"the API server answered {(int)exception.Response.StatusCode}: {message}.",
        };
    }

    private static string? Message(string? content)
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
