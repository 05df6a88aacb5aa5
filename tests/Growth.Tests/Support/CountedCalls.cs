using System.Text.Json;

namespace Growth.Tests.Support;

/// <summary>
/// Methods of .NET that loop without calling back: rewritten code calls these in their place, and they count what they look at. The names are the declaring
/// type's and the method's; the parameters are the method's own, after the object.
/// </summary>
public static class CountedCalls
{
    // Vectors look at many bytes in a step.
    private const int BytesPerStep = 64;

    public static bool List_Contains<T>(List<T> list, T item) => Counted(list.Count, list.Contains(item));

    public static int List_IndexOf<T>(List<T> list, T item) => Counted(list.Count, list.IndexOf(item));

    public static bool List_Remove<T>(List<T> list, T item) => Counted(list.Count, list.Remove(item));

    public static void List_RemoveAt<T>(List<T> list, int index)
    {
        Steps.Add(Moved(list.Count - index));
        list.RemoveAt(index);
    }

    public static void List_Insert<T>(List<T> list, int index, T item)
    {
        Steps.Add(Moved(list.Count - index));
        list.Insert(index, item);
    }

    public static bool ICollection_Contains<T>(ICollection<T> list, T item) => Counted(list is ISet<T> or IDictionary<string, T> ? 1 : list.Count, list.Contains(item));

    public static bool ICollection_Remove<T>(ICollection<T> list, T item) => Counted(list is ISet<T> ? 1 : list.Count, list.Remove(item));

    public static int IList_IndexOf<T>(IList<T> list, T item) => Counted(list.Count, list.IndexOf(item));

    public static void IList_Insert<T>(IList<T> list, int index, T item)
    {
        Steps.Add(Moved(list.Count - index));
        list.Insert(index, item);
    }

    public static void IList_RemoveAt<T>(IList<T> list, int index)
    {
        Steps.Add(Moved(list.Count - index));
        list.RemoveAt(index);
    }

    public static bool Enumerable_Contains<T>(IEnumerable<T> source, T item) =>
        source is ISet<T> set ? Counted(1, set.Contains(item)) : Counting(source).Contains(item);

    public static int Enumerable_Count<T>(IEnumerable<T> source) => source.TryGetNonEnumeratedCount(out var count) ? Counted(1, count) : Counting(source).Count();

    public static T Enumerable_Last<T>(IEnumerable<T> source) => source is IList<T> list ? Counted(1, list[^1]) : Counting(source).Last();

    public static T Enumerable_ElementAt<T>(IEnumerable<T> source, int index) => source is IList<T> list ? Counted(1, list[index]) : Counting(source).ElementAt(index);

    public static List<T> Enumerable_ToList<T>(IEnumerable<T> source) => Counting(source).ToList();

    public static T[] Enumerable_ToArray<T>(IEnumerable<T> source) => Counting(source).ToArray();

    public static bool Enumerable_SequenceEqual<T>(IEnumerable<T> source, IEnumerable<T> other) => Counting(source).SequenceEqual(other);

    public static bool String_Contains(string text, string value, StringComparison comparison) => Counted(Moved(text.Length), text.Contains(value, comparison));

    public static bool String_Contains(string text, char value, StringComparison comparison) => Counted(Moved(text.Length), text.Contains(value, comparison));

    public static int String_IndexOf(string text, char value, StringComparison comparison)
    {
        var found = text.IndexOf(value, comparison);
        return Counted(Moved(found < 0 ? text.Length : found), found);
    }

    public static int String_IndexOf(string text, string value, StringComparison comparison)
    {
        var found = text.IndexOf(value, comparison);
        return Counted(Moved(found < 0 ? text.Length : found), found);
    }

    public static bool MemoryExtensions_SequenceEqual<T>(ReadOnlySpan<T> span, ReadOnlySpan<T> other)
        where T : IEquatable<T> =>
        Counted(span.Length == other.Length ? Moved(span.Length) : 1, span.SequenceEqual(other));

    public static bool MemoryExtensions_Contains<T>(ReadOnlySpan<T> span, T value)
        where T : IEquatable<T> =>
        Counted(Moved(span.Length), span.Contains(value));

    public static JsonElement JsonElement_get_Item(ref JsonElement element, int index) => Counted(index + 1, element[index]);

    public static bool JsonElement_TryGetProperty(ref JsonElement element, string name, out JsonElement value) =>
        Counted(element.ValueKind == JsonValueKind.Object ? element.GetPropertyCount() : 1, element.TryGetProperty(name, out value));

    private static int Moved(int length) => 1 + (length / BytesPerStep);

    private static T Counted<T>(long steps, T result)
    {
        Steps.Add(steps);
        return result;
    }

    private static IEnumerable<T> Counting<T>(IEnumerable<T> source)
    {
        foreach (var item in source)
        {
            Steps.Add();
            yield return item;
        }
    }
}
