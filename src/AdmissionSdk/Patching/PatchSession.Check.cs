using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching;

/// <content>The check of a patch before it is given out.</content>
internal sealed partial class PatchSession
{
    /// <summary>Applies a patch to the source and compares: a patch that does not apply breaks the user's write even under Ignore (contract 11).</summary>
    /// <param name="source">The document as received.</param>
    /// <param name="target">The document as edited.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="limits">The most that the patch may cost.</param>
    /// <exception cref="PatchException">The patch does not give the target.</exception>
    /// <returns>The patch, applied to the source; null without an operation.</returns>
    internal static (JsonPatch Patch, PatchDocument Result)? Check(PatchDocument source, PatchDocument target, PatchResult patch, PatchLimits limits)
    {
        if (patch.OperationCount == 0)
        {
            return null;
        }

        JsonPatch read;
        try
        {
            read = JsonPatch.Parse(patch.Json, limits);
            read.ApplyTo(source);
        }
        catch (JsonPatchException exception)
        {
            throw new PatchException($"the patch does not apply to the object it was made for ({exception.Message}); this is a fault of AdmissionSdk", exception)
            {
                IsDefect = true,
            };
        }

        if (!(source.Text.Equals(target.Text) && source.Root.IsSame(target.Root)) && !AreEqual(source.Compose().Written, target.Compose().Written, limits))
        {
            throw new PatchException("the patch does not give the edited object; this is a fault of AdmissionSdk") { IsDefect = true };
        }

        return (read, source);
    }

    private static bool AreEqual(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right, PatchLimits limits) =>
        left.Span.SequenceEqual(right.Span)
        || JsonEquality.DeepEquals(JsonTree.Parse(left, limits.MaxDepth), JsonTree.Root, JsonTree.Parse(right, limits.MaxDepth), JsonTree.Root);
}
