using AdmissionSdk.Patching.Fields;

namespace AdmissionSdk.Patching.Explicit;

/// <summary>One edit by path.</summary>
/// <param name="Verb">The method that was called, for messages.</param>
/// <param name="Path">The field or list.</param>
/// <param name="Value">The value as JSON; empty if the verb takes none.</param>
/// <param name="Key">The key that tells the elements of the list apart, if any.</param>
internal sealed record PatchEdit(PatchVerb Verb, FieldPath Path, ReadOnlyMemory<byte> Value, ElementKey? Key = null);
