using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Fields;

namespace AdmissionSdk.Patching.Replay;

/// <summary>One object of the typed view and its place.</summary>
internal readonly struct GraphNode
{
    public required object Reference { get; init; }

    /// <summary>The parent's position in the walk; -1 for the root.</summary>
    public required int Parent { get; init; }

    /// <summary>The member or map key that the object stands under; null in a list.</summary>
    public string? Name { get; init; }

    /// <summary>The position in a list.</summary>
    public int Index { get; init; }

    /// <summary>The key that tells a list's elements apart.</summary>
    public ElementKey? Key { get; init; }

    /// <summary>The object's JSON metadata; null if unknown, and for JSON nodes.</summary>
    public JsonTypeInfo? TypeInfo { get; init; }
}
