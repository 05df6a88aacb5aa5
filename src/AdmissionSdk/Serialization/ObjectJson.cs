using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Models;
using k8s;

namespace AdmissionSdk.Serialization;

/// <summary>
/// How objects are read and written: KubernetesClient's models and names, but lenient where its converters throw, and exact where they write what
/// the API server refuses. A copy of its options, so that other code's <see cref="KubernetesJson.AddJsonOptions"/> does not reach webhooks.
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
        JsonConverter[] ours =
        [
            new LenientDateTimeConverter(),
            new LenientDateTimeOffsetConverter(),
            new ExactIntOrStringConverter(),
            new ExactResourceQuantityConverter(),
        ];
        for (var i = 0; i < ours.Length; i++)
        {
            options.Converters.Insert(i, ours[i]);
        }

        options.TypeInfoResolver = JsonTypeInfoResolver
            .Combine(userResolver, OptionModelsJsonContext.Default, kubernetes!.TypeInfoResolver)
            .WithAddedModifier(OnlyWhatCanBeSet)
            .WithAddedModifier(LenientMembers.Apply);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Members without a setter are computed from others, and are no part of the view: written back, they would end up in the object.</summary>
    private static void OnlyWhatCanBeSet(JsonTypeInfo typeInfo)
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
