using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Fields;

namespace AdmissionSdk.Patching.Replay;

/// <summary>One object of the typed view and where it stands: under which other, by which member name or list index.</summary>
/// <param name="Reference">The object; null for the root's own place only.</param>
/// <param name="Parent">The position of its parent in the walk; -1 for the root.</param>
/// <param name="Name">The member or map key it stands under; null in a list.</param>
/// <param name="Index">The position in a list.</param>
/// <param name="Key">For a list: what tells its elements apart.</param>
/// <param name="TypeInfo">How it is read and written; null where that is not known, and for JSON nodes.</param>
internal readonly record struct GraphNode(object Reference, int Parent, string? Name, int Index, ElementKey? Key, JsonTypeInfo? TypeInfo);
