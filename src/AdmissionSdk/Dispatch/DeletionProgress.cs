using System.Text.Json;
using AdmissionSdk.Reviews;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Finds updates that only move a deletion on: the stored object is being deleted already, and nothing differs that could grant or run anything.
/// A look at <c>spec</c> alone would not do: a Role or a Secret has no spec, and still counts while it terminates.
/// </summary>
internal static class DeletionProgress
{
    public static bool IsAll(AdmissionRequest request, int maxDepth)
    {
        if (request.Operation != Operation.Update || request.Object.IsEmpty || request.OldObject.IsEmpty)
        {
            return false;
        }

        var options = new JsonDocumentOptions { MaxDepth = maxDepth };
        try
        {
            using var oldObject = JsonDocument.Parse(request.OldObject, options);
            using var newObject = JsonDocument.Parse(request.Object, options);
            return IsBeingDeleted(oldObject.RootElement)
                && AreEqual(oldObject.RootElement, newObject.RootElement, IsOfNoConsequence, AreEqualMetadata);
        }
        catch (JsonException)
        {
            // Nested too deeply to be compared: the handler decides.
            return false;
        }
    }

    private static bool IsBeingDeleted(JsonElement oldObject) =>
        oldObject.ValueKind == JsonValueKind.Object
        && oldObject.TryGetProperty("metadata", out var metadata)
        && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("deletionTimestamp", out var timestamp)
        && timestamp.ValueKind == JsonValueKind.String;

    private static bool IsOfNoConsequence(string name) => name == "status";

    private static bool AreEqualMetadata(string name, JsonElement left, JsonElement right) =>
        name == "metadata"
            ? AreEqual(left, right, static member => member is "finalizers" or "managedFields" or "resourceVersion", JsonEquals)
            : JsonElement.DeepEquals(left, right);

    private static bool JsonEquals(string name, JsonElement left, JsonElement right) => JsonElement.DeepEquals(left, right);

    private static bool AreEqual(
        JsonElement left, JsonElement right, Func<string, bool> ignore, Func<string, JsonElement, JsonElement, bool> equal)
    {
        if (left.ValueKind != JsonValueKind.Object || right.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var (lefts, rights) = (IndexMembers(left), IndexMembers(right));
        return left.EnumerateObject().All(member =>
                ignore(member.Name) || (rights.TryGetValue(member.Name, out var other) && equal(member.Name, member.Value, other)))
            && right.EnumerateObject().All(member => ignore(member.Name) || lefts.ContainsKey(member.Name));
    }

    // A look-up in the element itself walks all members, whose number the author chooses.
    private static Dictionary<string, JsonElement> IndexMembers(JsonElement element)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return members;
    }
}
