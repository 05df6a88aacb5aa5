using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Models;
using k8s;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Options to read and write objects: KubernetesClient's models and names, but lenient where KubernetesClient's converters throw, and exact where the
/// converters write values that the API server refuses. A copy, so that other code's <see cref="KubernetesJson.AddJsonOptions"/> does not reach webhooks.
/// </summary>
internal static class ObjectJson
{
    private const int DefaultMaxDepth = 1000;

    /// <summary>The options for types that need no metadata of the user's.</summary>
    public static JsonSerializerOptions Default { get; } = CreateOptions(userResolver: null);

    public static JsonSerializerOptions CreateOptions(IJsonTypeInfoResolver? userResolver, int maxDepth = DefaultMaxDepth)
    {
        JsonSerializerOptions? kubernetes = null;
        KubernetesJson.AddJsonOptions(options => kubernetes = options);
        var options = new JsonSerializerOptions(kubernetes!) { MaxDepth = maxDepth };
        options.Converters.Insert(0, new GoDurationConverter());
        options.Converters.Insert(0, new LenientGuidConverter());
        options.Converters.Insert(0, new LenientDateTimeConverter());
        options.Converters.Insert(0, new LenientDateTimeOffsetConverter());
        options.Converters.Insert(0, new ExactIntOrStringConverter());
        options.Converters.Insert(0, new ExactResourceQuantityConverter());
        options.TypeInfoResolver = JsonTypeInfoResolver
            .Combine(userResolver, OptionModelsJsonContext.Default, kubernetes!.TypeInfoResolver)
            .WithAddedModifier(RemoveComputedMembers)
            .WithAddedModifier(LenientMembers.Apply);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Leaves out members without a setter: they are computed, and would end up in the object if they were written back.</summary>
    private static void RemoveComputedMembers(JsonTypeInfo typeInfo)
    {
        if (typeInfo.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        for (var i = typeInfo.Properties.Count - 1; i >= 0; i--)
        {
            var property = typeInfo.Properties[i];
            if (property.Set is null && property.AssociatedParameter is null && property.ObjectCreationHandling != JsonObjectCreationHandling.Populate)
            {
                typeInfo.Properties.RemoveAt(i);
            }
        }
    }
}
