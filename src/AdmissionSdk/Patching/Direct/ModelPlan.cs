using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Patching.Direct;

/// <summary>
/// The shape of a type, found once: how to walk a view of the type, and whether the view is exact, so that an edit shows in the model itself and need not be looked for
/// in texts. Exact are types whose members hold what was read: auto-properties and fields, lists, maps, and values that the SDK's converters read.
/// </summary>
internal sealed class ModelPlan
{
    private static readonly ConditionalWeakTable<JsonTypeInfo, ModelPlan> Cache = [];

    internal ModelPlan(PlanKind kind, JsonTypeInfo? typeInfo = null)
    {
        Kind = kind;
        TypeInfo = typeInfo;
    }

    public PlanKind Kind { get; internal set; }

    /// <summary>The metadata to write such a value with.</summary>
    public JsonTypeInfo? TypeInfo { get; }

    /// <summary>The members of an object.</summary>
    public PlanMember[] Members { get; internal set; } = [];

    /// <summary>The elements of a list or map.</summary>
    public ModelPlan? Element { get; internal set; }

    /// <summary>Tells if nothing below is <see cref="PlanKind.Unknown"/>.</summary>
    public bool IsExact { get; internal set; }

    /// <summary>The metadata of the view, for its graph; null for what a converter of a member's own writes.</summary>
    public JsonTypeInfo? GraphInfo => Kind == PlanKind.Node ? null : TypeInfo;

    public static ModelPlan Of(JsonTypeInfo typeInfo) => Cache.GetValue(typeInfo, static typeInfo => ModelPlanner.Create(typeInfo));
}
