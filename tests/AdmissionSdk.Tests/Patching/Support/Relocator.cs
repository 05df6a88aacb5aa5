using System.Collections;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Edits between two places: an element goes to another list, a member to another parent; moved, or shared by both.</summary>
internal static class Relocator
{
    public static bool Edit(IReadOnlyList<GraphNode> graph, Random random)
    {
        var from = graph[random.Next(graph.Count)].Reference;
        return from is IList { IsFixedSize: false, Count: > 0 } list ? ToAnotherList(graph, list, random) : ToAnotherParent(graph, from, random);
    }

    private static bool ToAnotherList(IReadOnlyList<GraphNode> graph, IList from, Random random)
    {
        IList[] others = [.. graph.Select(node => node.Reference).OfType<IList>().Where(list => list.GetType() == from.GetType() && !ReferenceEquals(list, from)).Distinct()];
        var index = random.Next(from.Count);
        if (others.Length == 0 || from[index] is not { } element)
        {
            return false;
        }

        var to = others[random.Next(others.Length)];
        if (Contains(element, to))
        {
            return false;
        }

        if (random.Next(2) == 0)
        {
            from.RemoveAt(index);
        }

        to.Insert(random.Next(to.Count + 1), element);
        return true;
    }

    private static bool ToAnotherParent(IReadOnlyList<GraphNode> graph, object from, Random random)
    {
        var members = ObjectJson.Default.GetTypeInfo(from.GetType()).Properties
            .Where(property => property.Set is not null && ModelShape.HasIdentity(property.PropertyType) && property.Get!(from) is not null).ToArray();
        object[] others = [.. graph.Select(node => node.Reference).Where(other => other.GetType() == from.GetType() && !ReferenceEquals(other, from)).Distinct()];
        if (members.Length == 0 || others.Length == 0)
        {
            return false;
        }

        var (member, to) = (members[random.Next(members.Length)], others[random.Next(others.Length)]);
        var value = member.Get!(from)!;
        if (Contains(value, to))
        {
            return false;
        }

        if (random.Next(2) == 0)
        {
            member.Set!(from, null);
        }

        member.Set!(to, value);
        return true;
    }

    // An object inside itself could not be written.
    private static bool Contains(object value, object other) =>
        ObjectGraph.Walk(value, ObjectJson.Default.GetTypeInfo(value.GetType())).Any(node => ReferenceEquals(node.Reference, other));
}
