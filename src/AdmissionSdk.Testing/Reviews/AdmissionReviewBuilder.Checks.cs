using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing;

/// <content>The variations that property checks need.</content>
public sealed partial class AdmissionReviewBuilder
{
    /// <summary>The subject of the review: the object, or on DELETE the old object.</summary>
    internal JsonObject? Subject => (Request["object"] ?? Request["oldObject"]) as JsonObject;

    internal AdmissionReviewBuilder WithObject(string json) => With(request => request["object"] = TestObjectReader.Parse(json));

    internal AdmissionReviewBuilder WithField(string[] segments, JsonNode? value) => With(request => Pointer.TrySet(SubjectOf(request), segments, value));

    internal AdmissionReviewBuilder WithoutField(string[] segments) => With(request => Pointer.Remove(SubjectOf(request), segments));

    /// <summary>Makes a review of the deletion of this review's object.</summary>
    internal AdmissionReviewBuilder AsDelete() => Request["object"] is null
        ? this
        : With(request =>
        {
            request["operation"] = "DELETE";
            request["oldObject"] = request["object"]!.DeepClone();
            request["object"] = null;
            request["options"] = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "meta.k8s.io/v1" };
        });

    private static JsonObject SubjectOf(JsonObject request) => (request["object"] ?? request["oldObject"])!.AsObject();
}
