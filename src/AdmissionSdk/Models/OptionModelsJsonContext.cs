using System.Text.Json.Serialization;

namespace AdmissionSdk.Models;

/// <summary>Metadata of the models this package adds to KubernetesClient's, so that they work under NativeAOT.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PodExecOptions))]
[JsonSerializable(typeof(PodAttachOptions))]
[JsonSerializable(typeof(PodPortForwardOptions))]
[JsonSerializable(typeof(PodProxyOptions))]
[JsonSerializable(typeof(ServiceProxyOptions))]
[JsonSerializable(typeof(NodeProxyOptions))]
[JsonSerializable(typeof(CreateOptions))]
[JsonSerializable(typeof(UpdateOptions))]
[JsonSerializable(typeof(PartialObjectMetadata))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
internal sealed partial class OptionModelsJsonContext : JsonSerializerContext;
