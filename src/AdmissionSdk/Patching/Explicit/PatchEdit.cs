using AdmissionSdk.Patching.Fields;

namespace AdmissionSdk.Patching.Explicit;

/// <summary>One thing an author said by path.</summary>
/// <param name="Verb">The method that was called, for errors.</param>
/// <param name="Path">Where.</param>
/// <param name="Value">The value as JSON; empty where there is none.</param>
/// <param name="Key">What tells the elements of the list apart, if it has something.</param>
internal sealed record PatchEdit(PatchVerb Verb, FieldPath Path, ReadOnlyMemory<byte> Value, ElementKey? Key = null);
