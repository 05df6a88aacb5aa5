using AdmissionSdk.Contexts;
using AdmissionSdk.Patching;

namespace AdmissionSdk.Model;

/// <summary>The arguments of one call of a handler.</summary>
/// <param name="Call">The review.</param>
/// <param name="Patch">The evolving object of a mutating webhook; null in a validating one.</param>
/// <param name="Filters">The filters around each handler.</param>
/// <param name="DetectEdits">True to look for edits of a validator, which do not have an effect.</param>
internal sealed record HandlerCall(AdmissionCall Call, PatchSession? Patch, FilterPipeline Filters, bool DetectEdits);
