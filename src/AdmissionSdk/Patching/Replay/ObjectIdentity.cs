using System.Text.Json.Nodes;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;
using k8s;

namespace AdmissionSdk.Patching.Replay;

/// <summary>
/// Guards apiVersion and kind, which a patch must leave alone: the API server decodes a patched object by its kind, and a request whose kind changes
/// fails whatever failurePolicy says (contract 13.1).
/// </summary>
internal static class ObjectIdentity
{
    private const string ApiVersion = "apiVersion";
    private const string Kind = "kind";

    /// <summary>Gives an object that was built anew, without apiVersion or kind, the ones of the raw document: leaving them out does not mean to remove them.</summary>
    public static void Keep(object edited, PatchNode raw)
    {
        switch (edited)
        {
            case IKubernetesObject typed:
                typed.ApiVersion ??= Read(raw, ApiVersion);
                typed.Kind ??= Read(raw, Kind);
                break;
            case JsonObject json:
                Keep(json, raw, ApiVersion);
                Keep(json, raw, Kind);
                break;
        }
    }

    /// <exception cref="PatchException">apiVersion or kind differs.</exception>
    public static void Check(JsonTree source, JsonTree target)
    {
        foreach (var name in (string[])[ApiVersion, Kind])
        {
            if (Read(source, name) is { } was && Read(target, name) != was)
            {
                throw Changed(name);
            }
        }
    }

    private static void Keep(JsonObject json, PatchNode raw, string name)
    {
        if (json[name] is null && Read(raw, name) is { } was)
        {
            json[name] = was;
        }
    }

    /// <summary>Checks a document that was patched.</summary>
    /// <exception cref="PatchException">apiVersion or kind differs.</exception>
    public static void Check(ReadOnlyMemory<byte> source, PatchNode target)
    {
        if (target.OpenMembers is not { } members)
        {
            return;
        }

        foreach (var name in (string[])[ApiVersion, Kind])
        {
            // A value that nobody looked at, in the place that it had, is the same.
            if (members.FindIndex(name) is var index && (index < 0 || members.Slots[index].Node is { IsSource: false } || index >= members.FirstCount)
                && Read(PatchNode.FromSource(source), name) is { } was && Read(target, name) != was)
            {
                throw Changed(name);
            }
        }
    }

    private static PatchException Changed(string name) =>
        new($"\"/{name}\" was changed: a patch cannot make another kind of an object (contract 13.1)");

    private static string? Read(PatchNode document, string name) => document.Find(name)?.StringValue;

    private static string? Read(JsonTree document, string name) => document.Find(JsonTree.Root, name) is >= 0 and var node ? document.GetString(node) : null;
}
