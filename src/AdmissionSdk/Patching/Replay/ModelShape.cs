using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Fields;

namespace AdmissionSdk.Patching.Replay;

/// <summary>The members of a model's type that can hold objects, worked out once a type: attributes are slow to read, and every review asks.</summary>
internal sealed class ModelShape
{
    private static readonly ConditionalWeakTable<JsonTypeInfo, ModelShape> Cache = [];

    private ModelShape(JsonTypeInfo typeInfo)
    {
        List<ModelMember> members = [];
        foreach (var property in typeInfo.Properties)
        {
            if (property.Get is not { } get || !HasIdentity(property.PropertyType) || property.IsExtensionData)
            {
                continue;
            }

            // What a member's own converter writes has no known likeness to the object.
            var memberInfo = property.CustomConverter is null ? typeInfo.Options.GetTypeInfo(property.PropertyType) : null;
            var key = memberInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } elementType } ? MergeKeys.KeyOf(property.AttributeProvider, elementType) : null;
            members.Add(new ModelMember(property.Name, get, memberInfo, key));
        }

        Members = [.. members];
    }

    public ModelMember[] Members { get; }

    public static ModelShape Of(JsonTypeInfo typeInfo) => Cache.GetValue(typeInfo, static typeInfo => new ModelShape(typeInfo));

    /// <summary>Values and strings are what they are; only objects can be recognised when they turn up elsewhere.</summary>
    public static bool HasIdentity(Type type) => !type.IsValueType && type != typeof(string) && type != typeof(object);
}
