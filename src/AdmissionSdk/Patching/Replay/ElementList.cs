using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>The elements of a list, as nodes of a document.</summary>
internal readonly record struct ElementList(JsonTree Tree, int[] Nodes)
{
    public int Count => Nodes.Length;

    public int this[int index] => Nodes[index];

    public string GetRawText(int index) => Tree.GetRawText(Nodes[index]);
}
