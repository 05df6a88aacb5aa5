using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;
using k8s;

namespace AdmissionSdk.Patching.Replay;

/// <summary>
/// What a patch must leave alone: apiVersion and kind. The API server decodes a patched object as what they say, and a request whose object changes
/// under it fails whatever failurePolicy says (contract 13.1).
/// </summary>
internal static class ObjectIdentity
{
    private const string ApiVersion = "apiVersion";
    private const string Kind = "kind";

    /// <summary>Gives an object that was built anew, without apiVersion or kind, those that it had: leaving them out does not mean to remove them.</summary>
    public static void Keep(object edited, JsonTree raw)
    {
        switch (edited)
        {
            case IKubernetesObject typed:
                typed.ApiVersion ??= Text(raw, ApiVersion);
                typed.Kind ??= Text(raw, Kind);
                break;
            case JsonObject json:
                Keep(json, raw, ApiVersion);
                Keep(json, raw, Kind);
                break;
        }
    }

    /// <exception cref="PatchException">They differ.</exception>
    public static void Check(JsonTree source, JsonTree target)
    {
        foreach (var name in (string[])[ApiVersion, Kind])
        {
            if (Text(source, name) is { } was && Text(target, name) != was)
            {
                throw new PatchException($"\"/{name}\" was changed: a patch cannot make another kind of an object (contract 13.1)");
            }
        }
    }

    private static void Keep(JsonObject json, JsonTree raw, string name)
    {
        if (json[name] is null && Text(raw, name) is { } was)
        {
            json[name] = was;
        }
    }

    private static string? Text(JsonTree document, string name) =>
        document.Find(JsonTree.Root, name) is >= 0 and var node && document.Kind(node) == JsonTokenType.String
            ? JsonText.Unescape(document.Text(node)[1..^1])
            : null;
}
