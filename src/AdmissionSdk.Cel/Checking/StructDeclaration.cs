using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Checking;

/// <summary>A type with fields, as <c>kubernetes.AdmissionRequest</c>.</summary>
internal sealed record StructDeclaration(string Name, IReadOnlyDictionary<string, CelType> Fields);
