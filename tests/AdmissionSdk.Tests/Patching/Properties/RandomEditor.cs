using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Serialization;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching.Properties;

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
            if (Edit(graph[random.Next(graph.Count)].Reference, random))
            {
                return;
            }
        }
    }

    private static bool Edit(object target, Random random) => target switch
    {
        IDictionary<string, string> map => EditMap(map, random),
        IDictionary => false,
        IList { IsFixedSize: false } list => EditList(list, random),
        string or IntOrString or ResourceQuantity => false,
        _ => EditMember(target, random),
    };

    private static bool EditMap(IDictionary<string, string> map, Random random)
    {
        if (map.Count > 0 && random.Next(3) == 0)
        {
            map.Remove(map.Keys.ElementAt(random.Next(map.Count)));
        }
        else
        {
            map[Keys[random.Next(Keys.Length)]] = Strings[random.Next(Strings.Length - 1)]!;
        }

        return true;
    }

    private static bool EditList(IList list, Random random)
    {
        var elementType = list.GetType().GetGenericArguments()[0];
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

    private static bool EditMember(object target, Random random)
    {
        var members = ObjectJson.Default.GetTypeInfo(target.GetType()).Properties.Where(property => property.Set is not null).ToArray();
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
            : bare == typeof(bool) ? random.Next(2) == 0
            : bare == typeof(DateTime) ? new DateTime(2026, 1, 1 + random.Next(3), 0, 0, 0, DateTimeKind.Utc)
            : bare == typeof(IntOrString) ? (IntOrString)(random.Next(2) == 0 ? "80" : "0080")
            : bare == typeof(ResourceQuantity) ? new ResourceQuantity(random.Next(2) == 0 ? "-1" : "1.5Gi")
            : type.IsValueType ? null
            : random.Next(3) switch
            {
                0 => null,
                1 => Copy(current),
                _ => current is null && !type.IsInterface && !type.IsAbstract ? NewElement(type, random) : current,
            };
        return value is not null || !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
    }

    private static object? NewElement(Type type, Random random)
    {
        if (type == typeof(string))
        {
            return Strings[random.Next(Strings.Length - 1)];
        }

        if (type.IsValueType || type.IsInterface || type.GetConstructor(Type.EmptyTypes) is null)
        {
            return type == typeof(int) ? random.Next(5) : null;
        }

        var element = Activator.CreateInstance(type)!;
        EditMember(element, random);
        return element;
    }

    // What a record's `with` does, and a copy through JSON for lists.
    private static object? Copy(object? value) =>
        value?.GetType().GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)?.Invoke(value, null);
}
