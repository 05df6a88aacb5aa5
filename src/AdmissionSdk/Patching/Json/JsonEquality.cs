using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AdmissionSdk.Patching.Json;

/// <summary>Equality of values: strings by what they stand for, objects in any order, numbers by their text, so that 1 and 1.0 differ, as in Go.</summary>
internal static class JsonEquality
{
    public static bool DeepEquals(JsonTree left, int leftNode, JsonTree right, int rightNode)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (left.Text(leftNode).SequenceEqual(right.Text(rightNode)))
        {
            return true;
        }

        return left.Kind(leftNode) == right.Kind(rightNode) && left.Kind(leftNode) switch
        {
            JsonTokenType.StartObject => Contains(left, leftNode, right, rightNode, compareValues: true) && Contains(right, rightNode, left, leftNode, compareValues: false),
            JsonTokenType.StartArray => ArraysEqual(left, leftNode, right, rightNode),
            JsonTokenType.String => left.GetString(leftNode) == right.GetString(rightNode),
            _ => false,
        };
    }

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
