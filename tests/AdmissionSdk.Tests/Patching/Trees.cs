using System.Text;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Tests.Patching;

/// <summary>Documents for tests of what works on trees.</summary>
internal static class Trees
{
    public static JsonTree Parse(string json) => JsonTree.Parse(Encoding.UTF8.GetBytes(json), 1000);

    /// <summary>The nodes directly below the root.</summary>
    public static List<int> Children(JsonTree tree)
    {
        List<int> nodes = [];
        foreach (var node in tree.Children(JsonTree.Root))
        {
            nodes.Add(node);
        }

        return nodes;
    }
}
