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
    public static void Keep(object edited, PatchDocument raw)
    {
        switch (edited)
        {
            case IKubernetesObject typed:
                typed.ApiVersion ??= Read(raw.Root, ApiVersion);
                typed.Kind ??= Read(raw.Root, Kind);
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

    private static void Keep(JsonObject json, PatchDocument raw, string name)
    {
        if (json[name] is null && Read(raw.Root, name) is { } was)
        {
            json[name] = was;
        }
    }

    /// <summary>Checks a document that was patched.</summary>
    /// <exception cref="PatchException">apiVersion or kind differs.</exception>
    public static void Check(PatchNode document)
    {
        if (document.OpenMembers is not { } members)
        {
            return;
        }

        foreach (ref var slot in members.Slots[..members.FirstCount])
        {
            if ((slot.IsRemoved || slot.Origin < 0) && members.Name(slot) is (ApiVersion or Kind) and var name
                && ReadText(document.Json.Span.Slice(slot.Start, slot.Length)) is { } was && Read(document, name) != was)
            {
                throw Changed(name);
            }
        }
    }

    private static PatchException Changed(string name) =>
        new($"\"/{name}\" was changed: a patch cannot make another kind of an object (contract 13.1)");

    private static string? Read(PatchNode document, string name) => document.Find(name)?.StringValue;

    private static string? ReadText(ReadOnlySpan<byte> value) => value is [(byte)'"', .. var text, (byte)'"'] ? JsonText.Unescape(text) : null;

    private static string? Read(JsonTree document, string name) => document.Find(JsonTree.Root, name) is >= 0 and var node ? document.GetString(node) : null;
}
