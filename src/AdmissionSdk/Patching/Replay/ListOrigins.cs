using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>
/// Finds, for the lists of the view as it was, the element of the raw document that each element was read from: by place if the list's type keeps order;
/// else by reading the raw elements again, one by one, because a set sorts elements or drops some.
/// </summary>
/// <param name="raw">The raw document.</param>
/// <param name="before">The view as it was.</param>
/// <param name="trustPlaces">Assumes that lists and arrays hold what they were given, in that order; a setter can prove it wrong.</param>
internal sealed class ListOrigins(JsonTree raw, JsonTree before, bool trustPlaces)
{
    /// <summary>Stands for "one of several elements, but nobody knows which".</summary>
    public const int Unknown = -2;

    private readonly Dictionary<int, GraphNode> _lists = [];
    private readonly Dictionary<int, (int[] Before, int[] Raw)> _elements = [];

    /// <summary>Makes a list known by its object.</summary>
    public void Add(int list, GraphNode node) => _lists[list] = node;

    /// <summary>Finds a list's elements in the view as it was, and the raw element of each: none if the model added the element, or <see cref="Unknown"/>.</summary>
    public (int[] Before, int[] Raw) GetElements(int list, int rawList)
    {
        if (!_elements.TryGetValue(list, out var elements))
        {
            var (shown, received) = (before.ListChildren(list), raw.ListChildren(rawList));
            _elements[list] = elements = (shown, IsByPlace(list, shown, received) ? received : MatchContent(list, shown, received));
        }

        return elements;
    }

    // Without knowledge of the elements, as behind a converter of the user's own, there is nothing better to go by.
    private bool IsByPlace(int list, int[] shown, int[] received) =>
        shown.Length == received.Length
        && _lists.GetValueOrDefault(list).Reference is var reference
        && (trustPlaces ? reference is IList || FindElementInfo(list) is null : reference is JsonArray);

    private JsonTypeInfo? FindElementInfo(int list) =>
        _lists.GetValueOrDefault(list).TypeInfo is { ElementType: { } elementType } typeInfo && typeInfo.Options.TryGetTypeInfo(elementType, out var info) ? info : null;

    private int[] MatchContent(int list, int[] shown, int[] received)
    {
        var matches = new int[shown.Length];
        Array.Fill(matches, Unknown);
        if (FindElementInfo(list) is not { } elementInfo)
        {
            return matches;
        }

        var byText = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        foreach (var element in received)
        {
            // The element as the view shows it.
            var text = JsonSerializer.Serialize(JsonSerializer.Deserialize(raw.Text(element), elementInfo), elementInfo);
            ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(byText, text, out _);
            (queue ??= []).Enqueue(element);
        }

        var left = received.Length;
        for (var i = 0; i < shown.Length; i++)
        {
            if (byText.TryGetValue(before.GetRawText(shown[i]), out var queue) && queue.TryDequeue(out var element))
            {
                matches[i] = element;
                left--;
            }
        }

        if (left == 0)
        {
            // Every received element is shown, so the others are the model's own.
            matches.AsSpan().Replace(Unknown, JsonTree.None);
        }

        return matches;
    }
}
