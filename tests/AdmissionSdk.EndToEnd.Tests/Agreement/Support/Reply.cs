using System.Text;
using System.Text.Json.Nodes;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The response of a scenario's webhook, down to the bytes.</summary>
internal sealed record Reply(int Code, string Body, string? ContentType = "application/json", string? RetryAfter = null)
{
    /// <summary>The body as sent; � stands for a byte that is not UTF-8.</summary>
    public byte[] Bytes
    {
        get
        {
            var bytes = Encoding.UTF8.GetBytes(Body);
            for (int at; (at = bytes.AsSpan().IndexOf("\uFFFD"u8)) >= 0;)
            {
                bytes = [.. bytes[..at], 0xFF, .. bytes[(at + 3)..]];
            }

            return bytes;
        }
    }

    public static Func<ScenarioCall, Reply> Allow { get; } = call => Response(call, []);

    public static Func<ScenarioCall, Reply> Patch(string patch) => call => Response(call, Patched(patch));

    public static Func<ScenarioCall, Reply> Deny(string status) => call => Response(call, new JsonObject { ["allowed"] = false, ["status"] = JsonNode.Parse(status) });

    public static Func<ScenarioCall, Reply> Http(int code, string body = "", string? contentType = "text/plain", string? retryAfter = null) =>
        _ => new Reply(code, body, contentType, retryAfter);

    /// <summary>A response with the usual members, merged with the text's members; a null in the text removes a member.</summary>
    public static Func<ScenarioCall, Reply> With(string response, string envelope = "{}", int code = 200, string? contentType = "application/json") => call =>
    {
        var review = Envelope(call, Merge(new JsonObject { ["uid"] = call.Uid, ["allowed"] = true }, response));
        return new Reply(code, Merge(review, envelope).ToJsonString(), contentType);
    };

    /// <summary>The first call gets the first reply and so on; the last one is repeated.</summary>
    public static Func<ScenarioCall, Reply> InTurn(params Func<ScenarioCall, Reply>[] replies) =>
        call => replies[Math.Min(call.Number, replies.Length) - 1](call);

    public static JsonObject Patched(string patch) =>
        new() { ["patchType"] = "JSONPatch", ["patch"] = Base64(patch) };

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static Reply Response(ScenarioCall call, JsonObject members) =>
        new(200, Envelope(call, Merge(new JsonObject { ["uid"] = call.Uid, ["allowed"] = true }, members.ToJsonString())).ToJsonString());

    private static JsonObject Envelope(ScenarioCall call, JsonObject response) =>
        new() { ["apiVersion"] = call.ApiVersion, ["kind"] = "AdmissionReview", ["response"] = response };

    private static JsonObject Merge(JsonObject target, string members)
    {
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
        {
            target.Remove(name);
            if (value is not null)
            {
                target[name] = value.DeepClone();
            }
        }

        return target;
    }
}
