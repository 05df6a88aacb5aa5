using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Reviews;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;

namespace AdmissionSdk.Testing;

/// <content>The variations that property checks need.</content>
public sealed partial class AdmissionReviewBuilder
{
    // Questions and bindings, which are answered or carried out.
    private static readonly HashSet<string> NeverStored =
    [
        "v1, Kind=Binding", "authentication.k8s.io/v1, Kind=TokenReview", "authentication.k8s.io/v1, Kind=SelfSubjectReview",
        .. new[] { "SubjectAccessReview", "LocalSubjectAccessReview", "SelfSubjectAccessReview", "SelfSubjectRulesReview" }.Select(kind => $"authorization.k8s.io/v1, Kind={kind}"),
    ];

    /// <summary>The subject of the review: the object, or on DELETE the old object.</summary>
    internal JsonObject? Subject => (Request["object"] ?? Request["oldObject"]) as JsonObject;

    internal AdmissionReviewBuilder WithObject(string json) => With(request => request["object"] = TestObjectReader.Parse(json));

    internal AdmissionReviewBuilder WithField(string[] segments, JsonNode? value) => With(request => Pointer.TrySet(SubjectOf(request), segments, value));

    internal AdmissionReviewBuilder WithoutField(string[] segments) => With(request => Pointer.Remove(SubjectOf(request), segments));

    internal Operation Operation => new(Request.TextOf("operation"));

    internal string Subresource => Request.TextOf("subResource");

    /// <summary>Makes a review of the deletion of this review's object; null if the object is not one that the API server stores under its own resource.</summary>
    internal AdmissionReviewBuilder? AsDelete() => Operation == Operation.Delete ? this
        : Operation == Operation.Connect || Request["object"] is null || !IsOfTheResource() || NeverStored.Contains(KindNames.Read(Object!).ToString()) ? null
        : With(request =>
        {
            request.Remove("subResource");
            request.Remove("requestSubResource");
            request["operation"] = "DELETE";
            request["oldObject"] = request["object"]!.DeepClone();
            request["object"] = null;
            request["options"] = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "meta.k8s.io/v1" };
        });

    /// <summary>True for the resource itself, and for a subresource whose reviews carry the resource's object, such as status.</summary>
    private bool IsOfTheResource() =>
        Subresource.Length == 0 || SubresourceTable.Find(Request["resource"].TextOf("resource"), Subresource) is { Kind: null };

    private static JsonObject SubjectOf(JsonObject request) => (request["object"] ?? request["oldObject"])!.AsObject();
}
