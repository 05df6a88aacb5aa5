using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>
/// Marks a webhook configuration with the registration that it was made from. In a roll-out two versions of the application run: the one whose mark is
/// on the object keeps it as it is, and the other leaves it alone.
/// </summary>
internal static class RegistrationMark
{
    public const string Annotation = "admission-sdk/registration";
    private const int Length = 12;

    /// <summary>Adds the mark.</summary>
    public static void Add(IKubernetesObject<V1ObjectMeta> configuration)
    {
        configuration.Metadata.Annotations ??= new Dictionary<string, string>();
        configuration.Metadata.Annotations[Annotation] = Of(configuration);
    }

    /// <summary>Gets the mark; null without one.</summary>
    public static string? Find(IKubernetesObject<V1ObjectMeta>? configuration) => configuration?.Metadata.Annotations?.TryGetValue(Annotation, out var mark) == true ? mark : null;

    private static string Of(IKubernetesObject<V1ObjectMeta> configuration)
    {
        var webhooks = JsonNode.Parse(KubernetesJson.Serialize(configuration))!["webhooks"]!.AsArray();
        foreach (var client in webhooks.Select(webhook => webhook!["clientConfig"] as JsonObject))
        {
            // Bundles come and go without a change of the code.
            client?.Remove("caBundle");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(webhooks.ToJsonString())))[..Length];
    }
}
