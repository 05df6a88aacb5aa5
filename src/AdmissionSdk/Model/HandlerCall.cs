using AdmissionSdk.Contexts;
using AdmissionSdk.Patching;

namespace AdmissionSdk.Model;

/// <summary>What a handler is called with.</summary>
/// <param name="Call">The review.</param>
/// <param name="Patch">The evolving object of a mutating webhook; null in a validating one.</param>
/// <param name="Filters">What runs around each handler.</param>
/// <param name="DetectEdits">Whether to look for edits a validator made, which have no effect.</param>
internal sealed record HandlerCall(AdmissionCall Call, PatchSession? Patch, FilterPipeline Filters, bool DetectEdits);
