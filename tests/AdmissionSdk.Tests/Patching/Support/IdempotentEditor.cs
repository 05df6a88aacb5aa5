using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Sets a label, or a string member of an object chosen by its place, so that doing it again changes nothing.</summary>
internal static class IdempotentEditor
{
    public static void Edit(object root, JsonTypeInfo typeInfo, int seed)
    {
        var random = new Random(seed);
        var graph = ObjectGraph.Walk(root, typeInfo);

        // Chosen among what every kind has, which an edit of this sort neither adds nor removes.
        var places = Places.Of(graph).Where(place => place.IsObject).OrderBy(place => place.Pointer, StringComparer.Ordinal).ToArray();
        var target = places[random.Next(places.Length)].Reference;
        var strings = ObjectJson.Default.GetTypeInfo(target.GetType()).Properties
            .Where(property => property.Set is not null && property.PropertyType == typeof(string) && !RandomEditor.IsFixed(target, root, property.Name)).ToArray();
        if (strings.Length > 0)
        {
            strings[random.Next(strings.Length)].Set!(target, "set-" + random.Next(3));
        }
    }
}
