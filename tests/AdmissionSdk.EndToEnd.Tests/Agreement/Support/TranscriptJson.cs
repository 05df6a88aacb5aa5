using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The form of objects in transcripts: sorted, without members that the server sets or that differ from run to run.</summary>
internal static partial class TranscriptJson
{
    private static readonly string[] ServerSet = ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink", "deletionTimestamp"];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="body">The object.</param>
    /// <param name="spec">True to show an empty spec or status, which a Go struct always writes.</param>
    public static string Text(JsonObject body, bool spec = true)
    {
        var json = body.DeepClone().AsObject();
        Clean(json);
        foreach (var item in json["items"] as JsonArray ?? [])
        {
            Clean(item!.AsObject());
        }

        foreach (var name in new[] { "spec", "status" }.Where(name => !spec && json[name] is JsonObject { Count: 0 }))
        {
            json.Remove(name);
        }

        return Sorted(json)!.ToJsonString(Readable);
    }

    /// <summary>The text as sent, less the members of metadata that the server sets.</summary>
    public static string Bytes(string json) => UserPattern().Replace(ServerSetPattern().Replace(json, ""), "\"userInfo\":{…}").Replace("\n", "\\n", StringComparison.Ordinal);

    private static void Clean(JsonObject json)
    {
        if (json["metadata"] is not JsonObject metadata)
        {
            return;
        }

        foreach (var name in ServerSet)
        {
            metadata.Remove(name);
        }

        // The fixture labels its objects in an existing cluster.
        if (metadata["labels"] is JsonObject labels && labels.Remove("admission-sdk-test") && labels.Count == 0)
        {
            metadata.Remove("labels");
        }
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    // The administrator's name, and the extra attributes of newer servers, are the cluster's own business.
    [GeneratedRegex("\"userInfo\":\\{(?:[^{}]|\\{[^{}]*\\})*\\}")]
    private static partial Regex UserPattern();

    [GeneratedRegex(""",(?:"(?:creationTimestamp|resourceVersion|uid)":(?:null|"[^"]*")|"managedFields":\[[^\]]*\])(?=[,}])""")]
    private static partial Regex ServerSetPattern();
}
