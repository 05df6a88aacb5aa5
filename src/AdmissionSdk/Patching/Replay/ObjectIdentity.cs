using System.Text.Json.Nodes;
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
    public static void Keep(object edited, JsonTree raw)
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
                throw new PatchException($"\"/{name}\" was changed: a patch cannot make another kind of an object (contract 13.1)");
            }
        }
    }

    private static void Keep(JsonObject json, JsonTree raw, string name)
    {
        if (json[name] is null && Read(raw, name) is { } was)
        {
            json[name] = was;
        }
    }

    private static string? Read(JsonTree document, string name) => document.Find(JsonTree.Root, name) is >= 0 and var node ? document.GetString(node) : null;
}
