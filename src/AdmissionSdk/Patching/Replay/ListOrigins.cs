using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>
/// Says, for the lists of the view as it was, from which element of the raw document each element was read: by place, where the list is of a type that
/// keeps order; else by reading the raw elements again, one by one, because a set sorts them or drops some.
/// </summary>
internal sealed class ListOrigins
{
    /// <summary>What stands for "one of several elements, but nobody knows which".</summary>
    public const int Unknown = -2;

    private readonly JsonTree _raw;
    private readonly JsonTree _before;
    private readonly bool _trustPlaces;
    private readonly Dictionary<int, GraphNode> _lists = [];
    private readonly Dictionary<int, (int[] Before, int[] Raw)> _elements = [];

    /// <param name="raw">The raw document.</param>
    /// <param name="before">The view as it was.</param>
    /// <param name="trustPlaces">Whether lists and arrays may be taken to hold what they were given, in that order; a setter can prove it wrong.</param>
    public ListOrigins(JsonTree raw, JsonTree before, bool trustPlaces)
    {
        _raw = raw;
        _before = before;
        _trustPlaces = trustPlaces;
    }

    /// <summary>Makes a list known by its object.</summary>
    public void Add(int before, GraphNode list) => _lists[before] = list;

    /// <summary>The elements of a list in the view as it was, and the raw element of each; <see cref="JsonTree.None"/> for one that the model added, or <see cref="Unknown"/>.</summary>
    public (int[] Before, int[] Raw) Elements(int before, int raw)
    {
        if (!_elements.TryGetValue(before, out var elements))
        {
            var (shown, written) = (Children(_before, before), Children(_raw, raw));
            _elements[before] = elements = (shown, IsByPlace(before, shown, written) ? written : ByContent(before, shown, written));
        }

        return elements;
    }

    // Where nothing is known of the elements, as behind a converter of the user's own, there is nothing better to go by.
    private bool IsByPlace(int before, int[] shown, int[] written) =>
        shown.Length == written.Length
        && _lists.GetValueOrDefault(before).Reference is var list
        && (_trustPlaces ? list is IList || ElementInfo(before) is null : list is JsonArray);

    private JsonTypeInfo? ElementInfo(int before) =>
        _lists.GetValueOrDefault(before).TypeInfo is { ElementType: { } elementType } typeInfo && typeInfo.Options.TryGetTypeInfo(elementType, out var info) ? info : null;

    private int[] ByContent(int before, int[] shown, int[] written)
    {
        var raw = new int[shown.Length];
        Array.Fill(raw, Unknown);
        if (ElementInfo(before) is not { } elementInfo)
        {
            return raw;
        }

        var byText = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        foreach (var element in written)
        {
            var text = Shown(element, elementInfo);
            if (!byText.TryGetValue(text, out var queue))
            {
                byText[text] = queue = new Queue<int>();
            }

            queue.Enqueue(element);
        }

        var left = written.Length;
        for (var i = 0; i < shown.Length; i++)
        {
            if (byText.TryGetValue(Encoding.UTF8.GetString(_before.Text(shown[i])), out var queue) && queue.TryDequeue(out var element))
            {
                raw[i] = element;
                left--;
            }
        }

        if (left == 0)
        {
            // Every received element is shown, so the others are the model's own.
            raw.AsSpan().Replace(Unknown, JsonTree.None);
        }

        return raw;
    }

    /// <summary>What the view makes of a raw element.</summary>
    private string Shown(int element, JsonTypeInfo typeInfo) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize(_raw.Text(element), typeInfo), typeInfo);

    private static int[] Children(JsonTree tree, int parent)
    {
        var children = new int[tree.ChildCount(parent)];
        var index = 0;
        foreach (var child in tree.Children(parent))
        {
            children[index++] = child;
        }

        return children;
    }
}
