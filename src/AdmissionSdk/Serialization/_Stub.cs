// Placeholder so that the rest compiles: the patching branch deletes this file.
#pragma warning disable
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
namespace AdmissionSdk.Serialization;

internal static class ObjectJson { public static JsonSerializerOptions CreateOptions(IJsonTypeInfoResolver? r, int maxDepth = 1000) { JsonSerializerOptions? c = null; k8s.KubernetesJson.AddJsonOptions(o => c = o); var n = new JsonSerializerOptions(c!) { MaxDepth = maxDepth }; n.MakeReadOnly(); return n; } }
