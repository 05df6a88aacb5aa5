using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Fields;

namespace AdmissionSdk.Patching.Replay;

/// <summary>The members of a model's type that can hold objects, found once for each type: attributes are slow to read, and every review asks.</summary>
internal sealed class ModelShape
{
    private static readonly ConditionalWeakTable<JsonTypeInfo, ModelShape> Cache = [];

    private ModelShape(JsonTypeInfo typeInfo)
    {
        List<Member> members = [];
        foreach (var property in typeInfo.Properties)
        {
            if (property.Get is not { } get || !HasIdentity(property.PropertyType) || property.IsExtensionData)
            {
                continue;
            }

            // The output of a member's own converter has no known likeness to the object.
            var memberInfo = property.CustomConverter is null ? typeInfo.Options.GetTypeInfo(property.PropertyType) : null;
            var key = memberInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } elementType } ? MergeKeys.FindKey(property.AttributeProvider, elementType) : null;
            members.Add(new Member(property.Name, get, memberInfo, key));
        }

        Members = [.. members];
    }

    public Member[] Members { get; }

    public static ModelShape Of(JsonTypeInfo typeInfo) => Cache.GetValue(typeInfo, static typeInfo => new ModelShape(typeInfo));

    /// <summary>Tells if a type's values can be recognised elsewhere, by reference.</summary>
    public static bool HasIdentity(Type type) => !type.IsValueType && type != typeof(string) && type != typeof(object);

    /// <summary>A member that can hold an object: its name in JSON, its metadata unless it has a converter of its own, and a list's key.</summary>
    internal readonly record struct Member(string Name, Func<object, object?> Get, JsonTypeInfo? TypeInfo, ElementKey? Key);
}
