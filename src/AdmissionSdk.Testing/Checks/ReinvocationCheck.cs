using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Hosting;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Checks;

/// <summary>
/// Checks that two mutators settle in either order: the webhook does not undo its sibling's changes, and comes to rest after the one reinvocation
/// that the API server grants (contract 14).
/// </summary>
internal static class ReinvocationCheck
{
    /// <param name="target">The webhook.</param>
    /// <param name="given">The sibling; null for <see cref="DefaultSibling"/>.</param>
    public static PropertyCheck Of(Target target, Action<JsonObject>? given) => async review =>
    {
        // A validating webhook is called once, after all mutators.
        if (WebhookTarget.Find(target.Host.Webhooks, target.Webhook) is { Descriptor: not null, IsMutating: false })
        {
            return null;
        }

        var sibling = given ?? DefaultSibling(review);
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

    /// <summary>
    /// The default sibling: adds a label, and a container where another mutator may add one. A pod gets containers only when it is created, the options of a
    /// connection have no labels, and a subresource writes no containers.
    /// </summary>
    private static Action<JsonObject> DefaultSibling(AdmissionReviewBuilder review)
    {
        var (mayCreate, isResource) = (review.Operation == Operation.Create, review.Subresource.Length == 0);
        return json =>
        {
            AddLabel(json);
            if (isResource && (json["spec"]?["template"]?["spec"]?["containers"] ?? (mayCreate ? json["spec"]?["containers"] : null)) is JsonArray containers)
            {
                AddContainer(containers);
            }
        };
    }

    private static void AddLabel(JsonObject json)
    {
        if (json["metadata"] is not JsonObject metadata)
        {
            return;
        }

        var labels = metadata["labels"] as JsonObject ?? (JsonObject)(metadata["labels"] = new JsonObject());
        labels["sibling.example.com/ran"] = "true";
    }

    private static void AddContainer(JsonArray containers)
    {
        if (!containers.OfType<JsonObject>().Any(container => container["name"]?.GetValue<string>() == "sibling"))
        {
            containers.Add((JsonNode)new JsonObject { ["name"] = "sibling", ["image"] = "sidecar:1" });
        }
    }
}
