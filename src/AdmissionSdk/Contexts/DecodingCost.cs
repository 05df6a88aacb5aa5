namespace AdmissionSdk.Contexts;

/// <summary>
/// What it may cost to read JSON as models. An empty object is two bytes on the wire and hundreds in memory, and whoever makes the request chooses how
/// many there are: without a limit one body of 16 MiB becomes a gigabyte.
/// </summary>
internal static class DecodingCost
{
    /// <summary>More objects and lists than anything has that fits into etcd.</summary>
    public const int MaxNodes = 200_000;

    // A container of a pod, measured, with its place in a list.
    private const int BytesPerNode = 256;

    /// <summary>The memory to set aside for a review, beside its own bytes: for the object and the old one.</summary>
    public static long Of(ReadOnlySpan<byte> review) => Math.Min(Nodes(review), 2 * MaxNodes) * (long)BytesPerNode;

    /// <exception cref="UndecodableObjectException">There are more than <see cref="MaxNodes"/>.</exception>
    public static void ThrowIfTooHigh(ReadOnlySpan<byte> json, string member, Type type)
    {
        if (Nodes(json) > MaxNodes)
        {
            throw new UndecodableObjectException(member, type, $"it has more than {MaxNodes} objects and lists");
        }
    }

    // Those inside texts count too; it is a limit, and no census.
    private static int Nodes(ReadOnlySpan<byte> json) => json.Count((byte)'{') + json.Count((byte)'[');
}
