namespace AdmissionSdk.Memory;

/// <summary>
/// The memory that JSON costs when it becomes something else: upper bounds, counted without reading the JSON. An empty object is two bytes on the wire and hundreds in
/// memory, and the requester chooses the number of objects. Measured for Kubernetes' kinds by ReviewCostTests.
/// </summary>
internal static class DecodingCost
{
    // Two numbers of four bytes in pooled arrays, whose lengths are powers of two, of which there are two while the smaller is copied.
    private const int IndexBytesPerContainer = 24;

    // The objects that every review needs, whatever is in it.
    private const int Fixed = 3 * 1024;

    // The object that a list is, and its first array.
    private const int BytesPerList = 72;

    // A place of 16 bytes in a list that has doubled, or in a map that has grown, the arrays before included.
    private const int BytesPerValue = 56;

    // The part of a text that is not its characters, for each of its two quotes.
    private const int BytesPerQuote = 16;

    // Two for a character, and one for a copy without managedFields.
    private const int BytesPerByte = 3;

    // The snapshot of a view has a place of 32 bytes for each value, in pooled arrays, and every plain value of a list in a box, twice.
    private const int SnapshotBytesPerValue = 144;

    // The first array of a snapshot is as long as the text lets expect.
    private const int SnapshotBytesPerByte = 5;

    private const int PatchBytesPerByte = 8;

    private const int ReplayBytesPerByte = 16;
    private const int ReplayBytesPerValue = 512;

    // A name and a value, in an array that has doubled.
    private const int ElementBytesPerValue = 72;

    /// <summary>The outline of a review.</summary>
    public static long OfIndex(ReadOnlySpan<byte> review) => (Objects(review) + Lists(review)) * (long)IndexBytesPerContainer;

    /// <summary>An object that is read as a model.</summary>
    public static long OfModel(ReadOnlySpan<byte> json, ModelSize model) =>
        Fixed
        + model.BytesOnce
        + (Objects(json) * (long)model.BytesPerObject)
        + (Lists(json) * (long)BytesPerList)
        + (Values(json) * (long)(BytesPerValue + model.BytesPerElement))
        + (model.BytesPerMember == 0 ? 0 : json.Count((byte)':') * (long)model.BytesPerMember)
        + (json.Count((byte)'"') * (long)BytesPerQuote)
        + (json.Length * (long)BytesPerByte);

    /// <summary>An object that is read as a model to be edited, with what shows the edit later.</summary>
    public static long OfView(ReadOnlySpan<byte> json, ModelSize model) =>
        OfModel(json, model)
        + Fixed
        + ((Objects(json) + Lists(json) + Values(json)) * (long)SnapshotBytesPerValue)
        + (json.Length * (long)SnapshotBytesPerByte);

    /// <summary>The patch of an edited object: the object written again, the patch, the object that the patch gives, and the response.</summary>
    public static long OfPatch(ReadOnlySpan<byte> json) => Fixed + (json.Length * (long)PatchBytesPerByte);

    /// <summary>An edit that is taken over by comparing texts: five texts and their trees.</summary>
    public static long OfReplay(ReadOnlySpan<byte> json) =>
        Fixed + (json.Length * (long)ReplayBytesPerByte) + ((Objects(json) + Lists(json) + Values(json)) * (long)ReplayBytesPerValue);

    /// <summary>An object that is read as an element: its text, and a place of 12 bytes for each value and each name.</summary>
    public static long OfElement(ReadOnlySpan<byte> json) =>
        Fixed + json.Length + ((Objects(json) + Lists(json) + Values(json)) * (long)ElementBytesPerValue);

    // Brackets and commas inside texts count too: the numbers are upper bounds.
    private static int Objects(ReadOnlySpan<byte> json) => json.Count((byte)'{');

    private static int Lists(ReadOnlySpan<byte> json) => json.Count((byte)'[');

    private static int Values(ReadOnlySpan<byte> json) => json.Count((byte)',');
}
