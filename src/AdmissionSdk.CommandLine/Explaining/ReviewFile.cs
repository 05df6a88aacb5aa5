using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Checking;

namespace AdmissionSdk.CommandLine.Explaining;

/// <summary>Reads the reviews of a file: one AdmissionReview, or the lines of a recording.</summary>
internal static class ReviewFile
{

    /// <exception cref="CommandException">The file holds something else.</exception>
    public static IReadOnlyList<ExplainedReview> Read(string name, string text)
    {
        if (Parse(text) is { } whole)
        {
            return [Create(name, whole)];
        }

        List<ExplainedReview> reviews = [];
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                reviews.Add(Create($"{name}:{number}", Parse(line) ?? throw CreateError($"{name}:{number}")));
            }
        }

        return reviews.Count > 0 ? reviews : throw CreateError(name);
    }

    private static ExplainedReview Create(string place, JsonObject json)
    {
        var isRecorded = json["review"] is JsonObject;
        var review = isRecorded ? json["review"]!.AsObject() : json;
        return review["request"] is JsonObject
            ? new ExplainedReview(
                place,
                (string?)review["request"]!["uid"] ?? "",
                DeepJson.Serialize(review),
                isRecorded ? (string?)json["webhook"] : null,
                isRecorded ? Encoding.UTF8.GetBytes(json["response"]?.ToJsonString() ?? "") : [])
            : throw CreateError(place);
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: DeepJson.Options) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CommandException CreateError(string place) =>
        new($"{place} holds no AdmissionReview: give a review as the API server sends it, or a recording of AddReviewRecording.");
}
