using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Reviews;

/// <summary>Says in one line what a review is about.</summary>
internal static class ReviewDescription
{
    public static string Of(JsonObject? review)
    {
        if (review?["request"] is not JsonObject request)
        {
            return "a body that is not an AdmissionReview with a request";
        }

        var resource = request["resource"].TextOf("resource");
        var subresource = request.Text("subResource");
        var target = subresource.Length == 0 ? resource : $"{resource}/{subresource}";
        var name = string.Join('/', new[] { request.Text("namespace"), request.Text("name") }.Where(text => text.Length > 0));
        var dryRun = request["dryRun"] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag ? " (dry run)" : "";
        return $"{request.Text("operation")} {target} {name} by {request["userInfo"].TextOf("username")}{dryRun}";
    }
}
