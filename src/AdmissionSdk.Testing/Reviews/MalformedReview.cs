using System.Text;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Reviews;

/// <summary>Spoils a review in one way.</summary>
internal static class MalformedReview
{
    private const int Depth = 9_000;

    public static byte[] Make(AdmissionReviewBuilder review, Malformation malformation) => malformation switch
    {
        Malformation.Empty => [],
        Malformation.NotJson => "this is not a review"u8.ToArray(),
        Malformation.NotAnObject => [.. "["u8, .. review.ToBytes(), .. "]"u8],
        Malformation.Truncated => review.ToBytes() is var bytes ? bytes[..(bytes.Length / 2)] : [],
        Malformation.TrailingText => [.. review.ToBytes(), .. "{}"u8],
        Malformation.NotUtf8 => NotUtf8(review),
        Malformation.WrongKind => Edit(review, json => json["kind"] = "ConversionReview"),
        Malformation.WrongVersion => Edit(review, json => json["apiVersion"] = "admission.k8s.io/v7"),
        Malformation.MissingKind => Edit(review, json =>
        {
            json.Remove("kind");
            json.Remove("apiVersion");
        }),
        Malformation.MissingRequest => Raw(review, json => json.Remove("request")),
        Malformation.NullRequest => Raw(review, json => json["request"] = null),
        Malformation.MissingUid => Raw(review, json => json["request"]!.AsObject().Remove("uid")),
        Malformation.NullUid => Raw(review, json => json["request"]!["uid"] = null),
        Malformation.MissingObjects => Edit(review, json =>
        {
            json["request"]!.AsObject().Remove("object");
            json["request"]!.AsObject().Remove("oldObject");
        }),
        Malformation.ObjectIsText => Edit(review, json => json["request"]!["object"] = "an object"),
        Malformation.ObjectDoesNotFit => EditObject(review, json => json["metadata"] = "text"),
        Malformation.DeeplyNested => Encoding.UTF8.GetBytes(DeeplyNested(review)),
        Malformation.NullMembers => Edit(review, json =>
        {
            foreach (var name in RequestMembers.Optional)
            {
                SetAbsent(json, name, remove: false);
            }
        }),
        Malformation.MissingMembers => Edit(review, json =>
        {
            foreach (var name in RequestMembers.Optional)
            {
                SetAbsent(json, name, remove: true);
            }
        }),
        Malformation.UnknownMember => Edit(review, json => json["request"]!["futureMember"] = new JsonObject { ["a"] = 1 }),
        Malformation.UnknownOperation => Edit(review, json => json["request"]!["operation"] = "RENAME"),
        _ => throw new ArgumentOutOfRangeException(nameof(malformation), malformation, "No such malformation."),
    };

    private static byte[] Edit(AdmissionReviewBuilder review, Action<JsonObject> edit) => review.WithEdit(edit).ToBytes();

    private static byte[] EditObject(AdmissionReviewBuilder review, Action<JsonObject> edit) => Edit(review, json =>
    {
        var request = json["request"]!;
        edit((request["object"] as JsonObject ?? request["oldObject"] as JsonObject)!);
    });

    /// <summary>Edits what goes over the wire, after the uid is in.</summary>
    private static byte[] Raw(AdmissionReviewBuilder review, Action<JsonObject> edit)
    {
        var json = JsonNode.Parse(review.ToBytes())!.AsObject();
        edit(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    // The subject of a DELETE is the old object, which stays.
    private static void SetAbsent(JsonObject json, string name, bool remove)
    {
        var request = json["request"]!.AsObject();
        if (name == "subResource" && request.ContainsKey("subResource") || name == "oldObject" && request["object"] is null)
        {
            return;
        }

        if (remove)
        {
            request.Remove(name);
        }
        else
        {
            request[name] = null;
        }
    }

    private static byte[] NotUtf8(AdmissionReviewBuilder review)
    {
        var bytes = review.WithName("spoilt-name").ToBytes();
        bytes[bytes.AsSpan().IndexOf("spoilt-name"u8)] = 0xFF;
        return bytes;
    }

    private static string DeeplyNested(AdmissionReviewBuilder review)
    {
        const string mark = "\"nest-here\"";
        var text = Encoding.UTF8.GetString(EditObject(review, json => json["spec"] = "nest-here"));
        return text.Replace(mark, string.Concat(Enumerable.Repeat("{\"a\":", Depth)) + "1" + new string('}', Depth), StringComparison.Ordinal);
    }
}
