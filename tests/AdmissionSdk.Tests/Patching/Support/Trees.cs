using System.Text;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Replay;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Documents for tests of what works on trees.</summary>
internal static class Trees
{
    public static JsonTree Parse(string json) => JsonTree.Parse(Encoding.UTF8.GetBytes(json), 1000);

    /// <summary>The elements of the list that a document is.</summary>
    public static ElementList Elements(JsonTree tree) => new(tree, tree.ListChildren(JsonTree.Root));
}
