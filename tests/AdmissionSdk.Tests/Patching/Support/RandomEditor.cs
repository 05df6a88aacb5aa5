using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Serialization;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Makes one random edit somewhere in a typed object, of all the kinds an author makes. The same seed on the same object makes the same edit.</summary>
internal static class RandomEditor
{
    private static readonly string?[] Strings = ["", "x", "a/b", "m~n", "<&>é\"\\", "\u2028", "1000m", "2026-01-01T00:00:00Z", null];
    private static readonly string[] Keys = ["a/b", "m~n", "", "~1", "é", "app", "x.y/z"];

    public static void Edit(object root, JsonTypeInfo typeInfo, int seed)
    {
        var random = new Random(seed);
        var graph = ObjectGraph.Walk(root, typeInfo);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            if (random.Next(5) == 0 ? Relocator.Edit(graph, random) : Edit(graph[random.Next(graph.Count)].Reference, root, random))
            {
                return;
            }
        }
    }

    /// <summary>Tells if a member is apiVersion or kind of the whole object, which no patch may change.</summary>
    public static bool IsFixed(object target, object root, string member) => ReferenceEquals(target, root) && member is "apiVersion" or "kind";

    private static bool Edit(object target, object root, Random random) => target switch
    {
        IDictionary map => EditMap(map, random),
        ISet<string> set => EditSet(set, random),
        IList { IsFixedSize: false } list => EditList(list, list.GetType().GetGenericArguments()[0], random),
        string or IntOrString or ResourceQuantity => false,
        _ => EditMember(target, root, random),
    };

    private static bool EditMap(IDictionary map, Random random)
    {
        string[] keys = [.. map.Keys.Cast<string>()];
        var valueType = map.GetType().GetGenericArguments()[1];
        var existing = keys.Length == 0 ? null : keys[random.Next(keys.Length)];
        var key = Keys[random.Next(Keys.Length)];
        switch (random.Next(5))
        {
            case 0 when existing is not null:
                map.Remove(existing);
                return true;
            case 1 when existing is not null:
                // Under another key: shared, or moved.
                map[key] = map[existing];
                if (random.Next(2) == 0 && existing != key)
                {
                    map.Remove(existing);
                }

                return true;
            case 2 when existing is not null && Copy(map[existing]) is { } copy:
                map[existing] = copy;
                return true;
            default:
                if (NewElement(valueType, random) is not { } value)
                {
                    return false;
                }

                map[random.Next(3) == 0 && existing is not null ? existing : key] = value;
                return true;
        }
    }

    private static bool EditSet(ISet<string> set, Random random)
    {
        if (set.Count > 0 && random.Next(2) == 0)
        {
            return set.Remove(set.ElementAt(random.Next(set.Count)));
        }

        return set.Add(Strings[random.Next(Strings.Length - 1)]!);
    }

    private static bool EditList(IList list, Type elementType, Random random)
    {
        var from = list.Count == 0 ? 0 : random.Next(list.Count);
        var to = random.Next(list.Count + 1);
        switch (random.Next(8))
        {
            case 0 or 1 when NewElement(elementType, random) is { } element:
                list.Insert(to, element);
                return true;
            case 2 when list.Count > 0:
                list.RemoveAt(from);
                return true;
            case 3 when list.Count > 1:
                (list[0], list[from]) = (list[from], list[0]);
                return true;
            case 4 when list.Count > 0 && Copy(list[from]) is { } copy:
                list[from] = copy;
                return true;
            case 5 when list.Count > 0:
                list.Insert(to, list[from]);
                return true;
            case 6 when list.Count > 0 && random.Next(4) == 0:
                list.Clear();
                return true;
            case 7 when list.Count > 0:
                for (var i = 0; i < list.Count; i++)
                {
                    list[i] = Copy(list[i]) ?? list[i];
                }

                return true;
            default:
                return false;
        }
    }

    private static bool EditMember(object target, object root, Random random)
    {
        var members = ObjectJson.Default.GetTypeInfo(target.GetType()).Properties
            .Where(property => property.Set is not null && !IsFixed(target, root, property.Name)).ToArray();
        if (members.Length == 0)
        {
            return false;
        }

        var member = members[random.Next(members.Length)];
        if (NewValue(member.PropertyType, member.Get!(target), random, out var value))
        {
            member.Set!(target, value);
            return true;
        }

        return false;
    }

    private static bool NewValue(Type type, object? current, Random random, out object? value)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        value = bare == typeof(string) ? Strings[random.Next(Strings.Length)]
            : bare == typeof(int) ? random.Next(3)
            : bare == typeof(long) ? 9007199254740993L + random.Next(3)
            : bare == typeof(double) ? random.Next(3) / 2.0
            : bare == typeof(bool) ? random.Next(2) == 0
            : bare == typeof(DateTime) ? new DateTime(2026, 1, 1 + random.Next(3), 0, 0, 0, DateTimeKind.Utc)
            : bare == typeof(IntOrString) ? (IntOrString)(random.Next(2) == 0 ? "80" : "0080")
            : bare == typeof(ResourceQuantity) ? new ResourceQuantity(random.Next(2) == 0 ? "-1" : "1.5Gi")
            : type.IsValueType ? null
            : random.Next(3) switch
            {
                0 => null,
                1 => Copy(current) ?? NewArray(bare, current, random),
                _ => current ?? NewElement(type, random),
            };
        return value is not null || !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
    }

    private static object? NewElement(Type type, Random random)
    {
        if (type.IsValueType || type == typeof(string) || type == typeof(ResourceQuantity) || type == typeof(IntOrString))
        {
            return NewValue(type, current: null, random, out var value) ? value ?? "new" : null;
        }

        if (type.IsArray)
        {
            return NewArray(type, Array.CreateInstance(type.GetElementType()!, 0), random);
        }

        if (type.IsGenericType && type.IsInterface)
        {
            return NewCollection(type.GetGenericArguments(), random);
        }

        if (type.IsAbstract || type == typeof(object) || type.GetConstructor(Type.EmptyTypes) is null)
        {
            return null;
        }

        var element = Activator.CreateInstance(type)!;
        Edit(element, new object(), random);
        return element;
    }

    private static object? NewCollection(Type[] arguments, Random random)
    {
        var type = arguments is [var element] ? typeof(List<>).MakeGenericType(element)
            : arguments is [var key, var value] && key == typeof(string) ? typeof(Dictionary<,>).MakeGenericType(key, value)
            : null;
        if (type is null)
        {
            return null;
        }

        var collection = Activator.CreateInstance(type)!;
        for (var i = random.Next(3); i > 0; i--)
        {
            Edit(collection, new object(), random);
        }

        return collection;
    }

    // An array cannot be edited, only made anew.
    private static Array? NewArray(Type type, object? current, Random random)
    {
        if (current is not Array array || type == typeof(byte[]))
        {
            return null;
        }

        List<object?> elements = [.. array];
        EditList(elements, type.GetElementType()!, random);
        var changed = Array.CreateInstance(type.GetElementType()!, elements.Count);
        for (var i = 0; i < elements.Count; i++)
        {
            changed.SetValue(elements[i], i);
        }

        return changed;
    }

    // As a record's `with` does.
    private static object? Copy(object? value) =>
        value?.GetType().GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)?.Invoke(value, null);
}
