using System.Globalization;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Reviews;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Checks;

/// <summary>
/// Checks that a field that no model knows stays in place. Each object inside the review's object gets such a field with a value of its own. Objects that the
/// handler removed are excused.
/// </summary>
internal static class UnknownFieldsCheck
{
    private const string Probe = "fieldFromTheFuture";

    // Maps hold entries, not fields.
    private static readonly HashSet<string> Maps = new(StringComparer.Ordinal)
    {
        "labels", "annotations", "matchLabels", "nodeSelector", "selector", "data", "stringData", "binaryData",
        "limits", "requests", "capacity", "allocatable", "fieldsV1", "overhead", "volumeAttributes", "parameters",
    };

    public static PropertyCheck Of(Target target) => async review =>
    {
        if (await target.MutateAsync(review) is not { } plain || review.Object is not { } sent)
        {
            return null;
        }

        var probed = review.With(request =>
        {
            var count = 10_000_000;
            Plant(request["object"]!.AsObject(), ref count);
        });
        var outcome = await target.SendAsync(probed);
        if (outcome.ResultObject is null)
        {
            return new($"The review is allowed, but with fields that no model knows the review was {outcome.Summary}.", probed);
        }

        var lost = new List<string>();
        var (before, expected, after) = (probed.Object!, TestObjectReader.Parse(plain), TestObjectReader.Parse(outcome.ResultObject));
        FindLost([], before, expected, after, lost);
        return lost.Count == 0 ? null : new($"Lost, or moved to another element:\n{string.Join('\n', lost.Take(10))}", probed);
    };

    /// <summary>Adds the field. Its value is text that also reads as a number, a quantity and base64, so that the value fits if the guess about maps is wrong.</summary>
    private static void Plant(JsonNode? node, ref int count)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (!Maps.Contains(name))
                    {
                        Plant(value, ref count);
                    }
                }

                members[Probe] = (count++).ToString(CultureInfo.InvariantCulture);
                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Plant(item, ref count);
                }

                break;
        }
    }

    /// <param name="path">The path of the nodes.</param>
    /// <param name="before">The probed object as sent.</param>
    /// <param name="expected">The result without a probe; null when the handler removes the node.</param>
    /// <param name="after">The result with the probe.</param>
    /// <param name="lost">Gets the places without their probe.</param>
    private static void FindLost(IReadOnlyList<string> path, JsonNode? before, JsonNode? expected, JsonNode? after, List<string> lost)
    {
        switch (before, expected)
        {
            case (JsonObject members, JsonObject expectedMembers):
                var afterMembers = after as JsonObject;
                if (members[Probe] is { } probe && !JsonNode.DeepEquals(probe, afterMembers?[Probe]))
                {
                    lost.Add($"{Pointer.Format([.. path, Probe])}: was {probe.ToJsonString()}, now {afterMembers?[Probe]?.ToJsonString() ?? "gone"}");
                }

                foreach (var (name, value) in members)
                {
                    FindLost([.. path, name], value, expectedMembers[name], afterMembers?[name], lost);
                }

                break;
            case (JsonArray items, JsonArray expectedItems):
                for (var i = 0; i < items.Count; i++)
                {
                    FindLost(
                        [.. path, i.ToString(CultureInfo.InvariantCulture)],
                        items[i],
                        Counterpart(items, i, expectedItems),
                        after is JsonArray afterItems ? Counterpart(items, i, afterItems) : null,
                        lost);
                }

                break;
        }
    }

    /// <summary>Finds the element that a person would call the same: by name, else by position if the lists are equally long, else by content.</summary>
    private static JsonNode? Counterpart(JsonArray items, int index, JsonArray others)
    {
        var item = items[index];
        if (item.TextOf("name") is { Length: > 0 } name && others.FirstOrDefault(other => other.TextOf("name") == name) is { } namesake)
        {
            return namesake;
        }

        return items.Count == others.Count ? others[index] : others.FirstOrDefault(other => JsonNode.DeepEquals(Without(item), Without(other)));
    }

    private static JsonNode? Without(JsonNode? item)
    {
        var copy = item?.DeepClone();
        Strip(copy);
        return copy;
    }

    private static void Strip(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                members.Remove(Probe);
                foreach (var (_, value) in members)
                {
                    Strip(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Strip(item);
                }

                break;
        }
    }
}
