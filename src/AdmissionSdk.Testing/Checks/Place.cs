using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Checks;

/// <summary>A member or list element of an object.</summary>
internal sealed record Place(string[] Segments, JsonNode? Value, bool IsMember);
