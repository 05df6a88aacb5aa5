using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Checks;

/// <summary>
/// Checks that two mutators settle in either order: the webhook does not undo its sibling's changes, and comes to rest after the one reinvocation
/// that the API server grants (contract 14).
/// </summary>
internal static class ReinvocationCheck
{
    public static PropertyCheck Of(Target target, Action<JsonObject> sibling) => async review =>
    {
        if (await target.MutateAsync(review) is not { } ours || review.Object is null)
        {
            return null;
        }

        return await SettleAsync("The webhook first, then the sibling, then the webhook again", ObjectText.Edit(ours, sibling))
            ?? await SettleAsync("The sibling first, then the webhook", ObjectText.Edit(GoJson.Write(review.Object), sibling));

        async Task<Violation?> SettleAsync(string order, string afterSibling)
        {
            var again = await target.SendAsync(review.WithObject(afterSibling));
            if (again.ResultObject is not { } result)
            {
                return new($"{order}: the webhook's run after the sibling's was {again.Summary}.", review);
            }

            var siblingAgain = ObjectText.Edit(result, sibling);
            if (!ObjectText.Same(result, siblingAgain))
            {
                return new($"{order}: the webhook undoes what the sibling did, which has to do it again:\n{ObjectText.Diff(result, siblingAgain)}", review);
            }

            var last = await target.MutateAsync(review.WithObject(result));
            return last is null || ObjectText.Same(result, last)
                ? null
                : new($"{order}: the webhook still finds something to change:\n{ObjectText.Diff(result, last)}", review);
        }
    };

    /// <summary>The default sibling: adds a label, and a container if the object has containers.</summary>
    public static void DefaultSibling(JsonObject json)
    {
        var metadata = json["metadata"] as JsonObject ?? (JsonObject)(json["metadata"] = new JsonObject());
        var labels = metadata["labels"] as JsonObject ?? (JsonObject)(metadata["labels"] = new JsonObject());
        labels["sibling.example.com/ran"] = "true";
        if ((json["spec"]?["containers"] ?? json["spec"]?["template"]?["spec"]?["containers"]) is JsonArray containers
            && !containers.OfType<JsonObject>().Any(container => container["name"]?.GetValue<string>() == "sibling"))
        {
            containers.Add((JsonNode)new JsonObject { ["name"] = "sibling", ["image"] = "sidecar:1" });
        }
    }
}
