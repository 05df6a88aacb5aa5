using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AdmissionSdk.Patching.Json;

/// <summary>Whether two values are the same. Strings by what they stand for, objects whatever their order, numbers by their text: 1 and 1.0 differ, as in Go.</summary>
internal static class JsonEquality
{
    public static bool DeepEquals(JsonTree left, int leftNode, JsonTree right, int rightNode)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (left.Text(leftNode).SequenceEqual(right.Text(rightNode)))
        {
            return true;
        }

        if (left.Kind(leftNode) != right.Kind(rightNode))
        {
            return false;
        }

        return left.Kind(leftNode) switch
        {
            JsonTokenType.StartObject => ObjectsEqual(left, leftNode, right, rightNode),
            JsonTokenType.StartArray => ArraysEqual(left, leftNode, right, rightNode),
            JsonTokenType.String => JsonText.Unescape(left.Text(leftNode)[1..^1]) == JsonText.Unescape(right.Text(rightNode)[1..^1]),
            _ => false,
        };
    }

    private static bool ObjectsEqual(JsonTree left, int leftNode, JsonTree right, int rightNode) =>
        Contains(left, leftNode, right, rightNode, compareValues: true) && Contains(right, rightNode, left, leftNode, compareValues: false);

    private static bool Contains(JsonTree outer, int outerNode, JsonTree inner, int innerNode, bool compareValues)
    {
        foreach (var child in inner.Children(innerNode))
        {
            var name = inner.Name(child);
            var other = outer.Find(outerNode, name);
            if (other == JsonTree.None || (compareValues && inner.Find(innerNode, name) == child && !DeepEquals(outer, other, inner, child)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ArraysEqual(JsonTree left, int leftNode, JsonTree right, int rightNode)
    {
        var others = right.Children(rightNode).GetEnumerator();
        foreach (var child in left.Children(leftNode))
        {
            if (!others.MoveNext() || !DeepEquals(left, child, right, others.Current))
            {
                return false;
            }
        }

        return !others.MoveNext();
    }
}
