using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Checks;

/// <summary>The members and list elements of an object, those near the root first.</summary>
internal static class Places
{
    private const int LongText = 24;

    public static IReadOnlyList<Place> Of(JsonObject root)
    {
        var places = new List<Place>();
        var queue = new Queue<Place>([new Place([], root, IsMember: false)]);
        while (queue.TryDequeue(out var place))
        {
            foreach (var child in Children(place).Where(child => !IsIdentity(child.Segments)))
            {
                places.Add(child);
                queue.Enqueue(child);
            }

            if (place.Segments.Length == 0 && root["metadata"] is JsonObject metadata)
            {
                // The member metadata always exists; its members need not.
                queue.Enqueue(new Place(["metadata"], metadata, IsMember: true));
            }
        }

        return places;
    }

    public static bool IsLongText(this JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length > LongText;

    private static IEnumerable<Place> Children(Place place) => place.Value switch
    {
        JsonObject members => members.Select(member => new Place([.. place.Segments, member.Key], member.Value, IsMember: true)),
        JsonArray items => items.Select((item, index) => new Place([.. place.Segments, index.ToString(CultureInfo.InvariantCulture)], item, IsMember: false)),
        _ => [],
    };

    // Objects that reach a webhook always have these members.
    private static bool IsIdentity(string[] segments) =>
        segments is ["apiVersion"] or ["kind"] or ["metadata"] or ["metadata", "name" or "namespace" or "generateName"];
}
