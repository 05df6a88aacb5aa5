using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Inputs;

namespace AdmissionSdk.CommandLine.Trying;

/// <summary>One AdmissionReview to be tried: recorded, or made of a manifest.</summary>
internal sealed class TrialReview
{
    public const string Kind = "AdmissionReview";

    private readonly JsonObject _review;

    private TrialReview(JsonObject review, byte[] bytes) => (_review, Bytes) = (review, bytes);

    /// <summary>The review as it is sent.</summary>
    public byte[] Bytes { get; }

    public string Operation => Text(Request, "operation");

    public string Name => Text(Request, "name");

    public string Namespace => Text(Request, "namespace");

    public GroupVersionResource Resource => Request["resource"] is JsonObject resource
        ? new(Text(resource, "group"), Text(resource, "version"), Text(resource, "resource"))
        : new("", "", "");

    public string Subresource => Text(Request, "subResource");

    public bool IsDryRun => Request["dryRun"] is JsonValue value && value.TryGetValue(out bool isDryRun) && isDryRun;

    /// <summary>The object; null on DELETE.</summary>
    public JsonObject? Object => Request["object"] as JsonObject;

    /// <summary>The line above the outcome: operation, object, and user.</summary>
    public string Description
    {
        get
        {
            var resource = Subresource.Length > 0 ? $"{Resource.Resource}/{Subresource}" : Resource.Resource;
            var user = Request["userInfo"] is JsonObject info ? Text(info, "username") : "";
            return $"{Operation} {resource} {(Namespace.Length > 0 ? $"{Namespace}/" : "")}{Name} by {user}{(IsDryRun ? " (dry run)" : "")}";
        }
    }

    private JsonObject Request => (JsonObject)_review["request"]!;

    /// <summary>Reads a recorded review, which is sent as it is.</summary>
    /// <exception cref="CommandException">The text is not a review with a request.</exception>
    public static TrialReview Read(ManifestText file)
    {
        try
        {
            return JsonNode.Parse(file.Text, documentOptions: DeepJson.Options) is JsonObject review && review["request"] is JsonObject
                ? new TrialReview(review, Encoding.UTF8.GetBytes(file.Text))
                : throw new CommandException($"{file.File}: an AdmissionReview has a request, and this has not: record one, or name a manifest.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new CommandException($"{file.File}: an AdmissionReview is JSON, and this is not ({exception.Message})", exception);
        }
    }

    public static TrialReview Create(JsonObject review) => new(review, DeepJson.Serialize(review));

    /// <summary>Makes the review that the next webhook would get, with the object as this webhook left it.</summary>
    public TrialReview WithObject(JsonObject patched)
    {
        var review = (JsonObject)_review.DeepClone();
        review["request"]!["object"] = patched.DeepClone();
        return Create(review);
    }

    private static string Text(JsonObject owner, string name) => owner[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}
