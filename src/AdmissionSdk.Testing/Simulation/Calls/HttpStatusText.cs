using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Simulation.Calls;

/// <summary>Describes an HTTP status that is not a success in the words of the API server's client (contract 9.1, 9.2).</summary>
internal static class HttpStatusText
{
    public static bool IsSuccess(int code) => code is >= 200 and <= 206;

    public static string Describe(int code, string? contentType, byte[] body)
    {
        if (StatusMessage(body) is { } message)
        {
            return message;
        }

        var text = BodyText(contentType, body);
        return code switch
        {
            400 => "the server rejected our request for an unknown reason",
            401 => "the server has asked for the client to provide credentials",
            403 or 415 => text,
            404 => "the server could not find the requested resource",
            405 => "the server does not allow this method on the requested resource",
            406 => text is "" or "unknown" ? "the server was unable to respond with a content type that the client supports" : text,
            409 => "the server reported a conflict",
            422 => "the server rejected our request due to an error in our request",
            429 => "the server has received too many requests and has asked us to try again later",
            503 => "the server is currently unable to handle the request",
            504 => "the server was unable to return a response in the time allotted, but may still be processing the request",
            >= 500 => $"an error on the server ({GoText.Quote(text)}) has prevented the request from succeeding",
            _ => $"the server responded with the status code {code} but did not return more information",
        };
    }

    private static string? StatusMessage(byte[] body)
    {
        try
        {
            return body.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8)
                && GoJsonReader.Parse(body) is JsonObject status && status.Text("kind") == "Status" && status.Text("status") == "Failure"
                ? status.Text("message")
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Text bodies are those of text/*, so problem+json shows up as "unknown".
    private static string BodyText(string? contentType, byte[] body)
    {
        var isText = string.IsNullOrEmpty(contentType)
            || (GoMediaType.TryParse(contentType, out var mediaType) is null && mediaType.StartsWith("text/", StringComparison.Ordinal));
        return isText ? Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 2048))).Trim() : "unknown";
    }
}
