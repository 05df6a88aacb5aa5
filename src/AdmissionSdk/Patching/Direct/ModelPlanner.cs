using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Serialization;
using k8s.Models;

namespace AdmissionSdk.Patching.Direct;

/// <summary>Makes the plan of a type, and of the types below it.</summary>
internal sealed class ModelPlanner
{
    private readonly Dictionary<Type, ModelPlan> _plans = [];
    private readonly JsonSerializerOptions _options;

    private ModelPlanner(JsonSerializerOptions options) => _options = options;

    public static ModelPlan Create(JsonTypeInfo typeInfo)
    {
        var planner = new ModelPlanner(typeInfo.Options);
        var plan = planner.Plan(typeInfo.Type);
        planner.FindExact();
        return plan;
    }

    private ModelPlan Plan(Type type)
    {
        if (_plans.TryGetValue(type, out var known))
        {
            return known;
        }

        // Known before its members are looked at: types may hold themselves.
        _options.TryGetTypeInfo(type, out var typeInfo);
        var plan = _plans[type] = new ModelPlan(Classify(type, typeInfo), typeInfo);
        switch (plan.Kind)
        {
            case PlanKind.Object:
                plan.Members = [.. typeInfo!.Properties.Where(property => property.Get is not null).Select(PlanProperty)];
                break;
            case PlanKind.List or PlanKind.Map:
                plan.Element = Plan(typeInfo!.ElementType!);
                break;
        }

        return plan;
    }

    private PlanMember PlanProperty(JsonPropertyInfo property)
    {
        var plan = Plan(property.PropertyType);
        var isOwnConverter = property.CustomConverter is { } converter && !LenientMembers.IsLenient(converter);
        var shows = FindCondition(property);
        if (!IsAuto(property) || property.NumberHandling is not null || property.ObjectCreationHandling is not null
            || shows is null || HasOwnCondition(property)
            || (isOwnConverter && (plan.Kind != PlanKind.Plain || !IsTrusted(property.CustomConverter!))))
        {
            plan = new ModelPlan(PlanKind.Unknown);
        }

        return new PlanMember(property.Name, property.Get!, plan, shows, IsWritable: !isOwnConverter)
        {
            HasIdentity = ModelShape.HasIdentity(property.PropertyType),
            Key = plan is { Kind: PlanKind.List, TypeInfo.ElementType: { } elementType } ? MergeKeys.FindKey(property.AttributeProvider, elementType) : null,
        };
    }

    private PlanKind Classify(Type type, JsonTypeInfo? typeInfo)
    {
        if (typeof(JsonNode).IsAssignableFrom(type))
        {
            return PlanKind.Node;
        }

        if (typeInfo is null || _options.PropertyNameCaseInsensitive || _options.ReferenceHandler is not null
            || _options.DefaultIgnoreCondition == JsonIgnoreCondition.WhenWritingDefault)
        {
            return PlanKind.Unknown;
        }

        if (IsPlain(type))
        {
            return PlanKind.Plain;
        }

        if (type == typeof(IntOrString) || type == typeof(ResourceQuantity))
        {
            return PlanKind.Text;
        }

        if (type == typeof(byte[]))
        {
            return PlanKind.Bytes;
        }

        return typeInfo.Kind switch
        {
            JsonTypeInfoKind.Object when IsFaithful(typeInfo) => PlanKind.Object,
            JsonTypeInfoKind.Enumerable when IsList(type) => PlanKind.List,
            JsonTypeInfoKind.Dictionary when IsMap(type) => PlanKind.Map,
            _ => PlanKind.Unknown,
        };
    }

    // The metadata of "object" is read as JsonElement, which cannot change.
    private bool IsPlain(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || type.IsPrimitive || type.IsEnum || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(DateTimeOffset)
            || type == typeof(Guid) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan) || type == typeof(JsonElement)
            || (type == typeof(object) && _options.UnknownTypeHandling == JsonUnknownTypeHandling.JsonElement);
    }

    private bool IsFaithful(JsonTypeInfo typeInfo) =>
        !typeInfo.Type.IsValueType && typeInfo.CreateObject is not null && typeInfo.PolymorphismOptions is null && typeInfo.NumberHandling is null
        && typeInfo is { OnDeserialized: null, OnDeserializing: null, OnSerialized: null, OnSerializing: null }
        && (typeInfo.PreferredPropertyObjectCreationHandling ?? _options.PreferredObjectCreationHandling) == JsonObjectCreationHandling.Replace
        && typeInfo.Properties.All(property => !property.IsExtensionData);

    // A condition that is not an attribute's can be anything.
    private static bool HasOwnCondition(JsonPropertyInfo property) =>
        property.ShouldSerialize is not null && property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) != true;

    /// <summary>Tells if a member keeps what it is given: the compiler wrote its accessors.</summary>
    private static bool IsAuto(JsonPropertyInfo property) => property.AttributeProvider switch
    {
        FieldInfo => true,
        PropertyInfo { GetMethod: { } get, SetMethod: { } set } => IsGenerated(get) && IsGenerated(set),
        _ => false,
    };

    private static bool IsGenerated(MethodInfo accessor) => accessor.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    /// <summary>Finds which values are written; null if the member's type has a default that is left out.</summary>
    private static Func<object?, bool>? FindCondition(JsonPropertyInfo property)
    {
        var ignore = (JsonIgnoreAttribute?)property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true).FirstOrDefault();
        if (ignore?.Condition is JsonIgnoreCondition.Never)
        {
            return static _ => true;
        }

        var isNullable = !property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null;
        if (isNullable)
        {
            return ignore?.Condition is JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault
                || property.Options.DefaultIgnoreCondition == JsonIgnoreCondition.WhenWritingNull
                    ? static value => value is not null
                    : static _ => true;
        }

        return ignore?.Condition is JsonIgnoreCondition.WhenWritingDefault ? null : static _ => true;
    }

    private static bool IsTrusted(JsonConverter converter) =>
        converter.GetType().Assembly == typeof(ModelPlanner).Assembly || converter.GetType().Assembly == typeof(V1Pod).Assembly;

    private static bool IsList(Type type)
    {
        if (type.IsArray)
        {
            return type.GetArrayRank() == 1;
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition == typeof(IList<>) || definition == typeof(List<>) || definition == typeof(ICollection<>) || definition == typeof(IEnumerable<>)
            || definition == typeof(IReadOnlyList<>) || definition == typeof(IReadOnlyCollection<>);
    }

    private static bool IsMap(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return (definition == typeof(IDictionary<,>) || definition == typeof(Dictionary<,>) || definition == typeof(IReadOnlyDictionary<,>))
            && type.GetGenericArguments()[0] == typeof(string);
    }

    /// <summary>Marks the plans below which all is known; the others hold something unknown, maybe by way of themselves.</summary>
    private void FindExact()
    {
        foreach (var plan in _plans.Values)
        {
            plan.IsExact = plan.Kind != PlanKind.Unknown;
        }

        bool changed;
        do
        {
            changed = false;
            foreach (var plan in _plans.Values)
            {
                if (plan.IsExact && (plan.Element is { IsExact: false } || plan.Members.Any(member => !member.Plan.IsExact)))
                {
                    plan.IsExact = false;
                    changed = true;
                }
            }
        }
        while (changed);
    }
}
