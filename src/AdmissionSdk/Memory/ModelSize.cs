using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;

namespace AdmissionSdk.Memory;

/// <summary>The memory that the parts of an object may take at most, by the type that the object is read as.</summary>
/// <param name="BytesOnce">The classes that an object has once, such as a pod's spec.</param>
/// <param name="BytesPerObject">For each object of the JSON: the largest class that lists and maps hold, or a map.</param>
/// <param name="BytesPerObjectInUse">For each object with members, beside that: a map's first entries, unless a class takes as much.</param>
/// <param name="BytesPerElement">For each further element or member, beside its place: a node where there may be nodes.</param>
/// <param name="BytesPerMember">For each member: a quantity where there may be quantities.</param>
internal sealed record ModelSize(int BytesOnce, int BytesPerObject, int BytesPerObjectInUse, int BytesPerElement, int BytesPerMember)
{
    // A map, and its first buckets and entries.
    private const int Map = 80;
    private const int MapInUse = 240;

    private const int Header = 32;
    private const int Reference = 8;

    // A number or a time with the mark that it is there.
    private const int Nullable = 16;

    // The number and its text, and what reading it takes.
    private const int Quantity = 128;

    // A node, its entry in its parent's map, and the element that the node was made of.
    private const int Node = 320;

    private static readonly ConditionalWeakTable<JsonTypeInfo, ModelSize> Cache = [];

    /// <summary>The sizes for a type. Found once for each type of an application.</summary>
    public static ModelSize Of(JsonTypeInfo type) => Cache.GetValue(type, static type => Measure(type));

    private static ModelSize Measure(JsonTypeInfo root)
    {
        var (once, largest, node, quantity) = (0, Map, 0, 0);
        HashSet<(Type Type, bool IsRepeated)> seen = [];
        Queue<(JsonTypeInfo Type, bool IsRepeated)> queue = new([(root, false)]);
        while (queue.TryDequeue(out var item))
        {
            var (type, isRepeated) = item;

            // A type that is in two places, or in itself, counts as one that is repeated.
            isRepeated |= !seen.Add((type.Type, false));
            if (isRepeated && !seen.Add((type.Type, true)))
            {
                continue;
            }

            node = typeof(JsonNode).IsAssignableFrom(type.Type) ? Node : node;
            quantity = type.Type == typeof(ResourceQuantity) ? Quantity : quantity;
            (once, largest) = isRepeated ? (once, Math.Max(largest, Size(type))) : (once + Size(type), largest);
            foreach (var property in type.Properties)
            {
                Add(property.PropertyType, isRepeated);
            }

            Add(type.ElementType, isRepeated: true);
        }

        return new(once, largest + node, Math.Max(0, MapInUse - largest), node, quantity);

        void Add(Type? type, bool isRepeated)
        {
            if (type is not null && Find(root.Options, type) is { } found)
            {
                queue.Enqueue((found, isRepeated));
            }
        }
    }

    private static int Size(JsonTypeInfo type) => type.Kind != JsonTypeInfoKind.Object ? 0
        : Header + type.Properties.Sum(property => property.PropertyType.IsValueType ? Nullable : Reference);

    private static JsonTypeInfo? Find(JsonSerializerOptions options, Type type)
    {
        try
        {
            return options.GetTypeInfo(type);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException)
        {
            // A native application may lack the metadata of a member that no object of its users has.
            return null;
        }
    }
}
