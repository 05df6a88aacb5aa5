using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Replay;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>All there is to know of one edit.</summary>
internal sealed record EditRun(
    byte[] Raw,
    byte[] Before,
    IReadOnlyList<GraphNode> GraphBefore,
    byte[] After,
    IReadOnlyList<GraphNode> GraphAfter,
    byte[] Result,
    PatchResult Patch)
{
    public string PatchText => System.Text.Encoding.UTF8.GetString(Patch.Json.Span);

    /// <summary>
    /// Tells if an object got to its place without a visible difference: a value around the object looks exactly like a value that was there before, in
    /// which another object stood in the same place. Two objects that look the same are the same to an author (docs/patching.md).
    /// </summary>
    public bool IsNoEdit(object reference, string pointer)
    {
        var (before, after) = (JsonTree.Parse(Before, 1000), JsonTree.Parse(After, 1000));
        var places = Places.Of(GraphBefore).ToArray();
        var was = places.First(place => ReferenceEquals(place.Reference, reference)).Pointer;
        for (var end = pointer.LastIndexOf('/'); end > 0; end = pointer.LastIndexOf('/', end - 1))
        {
            var around = after.Text(Places.Find(after, pointer[..end])).ToArray();
            if (places.Any(place =>
                place.Pointer + pointer[end..] != was
                && Places.Find(before, place.Pointer) is >= 0 and var node && before.Text(node).SequenceEqual(around)))
            {
                return true;
            }
        }

        return false;
    }
}
