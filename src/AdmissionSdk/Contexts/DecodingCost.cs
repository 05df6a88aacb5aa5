namespace AdmissionSdk.Contexts;

/// <summary>
/// The memory that JSON may cost when it is read as models. An empty object is two bytes on the wire and hundreds in memory, and the requester chooses the
/// number of objects: without a limit one body of 16 MiB becomes a gigabyte.
/// </summary>
internal static class DecodingCost
{
    /// <summary>More objects and lists than anything has that fits into etcd.</summary>
    public const int MaxNodes = 200_000;

    // A container of a pod, measured, with its place in a list.
    private const int BytesPerNode = 256;

    // A label or a quantity, measured, with its name and its places in a map that has grown.
    private const int BytesPerValue = 128;

    // A string takes two bytes for each of its characters.
    private const int BytesPerByte = 2;

    /// <summary>
    /// The memory to set aside for the object and the old object of a review, beside the review's own bytes: an upper bound for what each of them becomes,
    /// which counts what costs memory without reading it.
    /// </summary>
    public static long Of(ReadOnlySpan<byte> review) =>
        (Math.Min(Nodes(review), 2 * MaxNodes) * (long)BytesPerNode) + (review.Count((byte)',') * (long)BytesPerValue) + (review.Length * (long)BytesPerByte);

    /// <exception cref="UndecodableObjectException">The JSON has more than <see cref="MaxNodes"/> objects and lists.</exception>
    public static void ThrowIfTooHigh(ReadOnlySpan<byte> json, string member, Type type)
    {
        if (Nodes(json) > MaxNodes)
        {
            throw new UndecodableObjectException(member, type, $"it has more than {MaxNodes} objects and lists");
        }
    }

    // Brackets and commas inside texts count too: the number is an upper bound.
    private static int Nodes(ReadOnlySpan<byte> json) => json.Count((byte)'{') + json.Count((byte)'[');
}
