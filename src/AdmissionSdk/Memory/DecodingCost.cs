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
    private const int Fixed = 5 * 1024;

    // The parts that note an edit and answer it: sessions, documents, writers and their first buffers, which a small object needs as a large one does.
    private const int FixedOfView = 24 * 1024;

    private const int BytesPerList = 32;

    // The first array of a list.
    private const int BytesPerListInUse = 88;

    // A reference in a list that has doubled, the arrays before included.
    private const int BytesPerPlace = 32;

    // A number of 16 bytes takes twice the place, and so does a place in a map that has grown.
    private const int BytesPerPlainValue = 24;

    // The part of a text that is not its characters, for each of its two quotes.
    private const int BytesPerQuote = 16;

    // Two for a character, and one for a copy without managedFields.
    private const int BytesPerByte = 3;

    // The snapshot of a view has a place of 32 bytes for each value, in pooled arrays.
    private const int SnapshotBytesPerValue = 96;

    // Every plain value of a list is in a box, twice.
    private const int BoxBytesPerValue = 48;

    // The first array of a snapshot is as long as the text lets expect.
    private const int SnapshotBytesPerByte = 5;

    private const int PatchBytesPerByte = 8;

    private const int FixedOfReplay = 64 * 1024;
    private const int ReplayBytesPerByte = 24;
    private const int ReplayBytesPerValue = 512;

    // A name and a value, in an array that has doubled.
    private const int ElementBytesPerValue = 72;

    /// <summary>The outline of a review.</summary>
    public static long OfIndex(ReadOnlySpan<byte> review) => (review.Count((byte)'{') + review.Count((byte)'[')) * (long)IndexBytesPerContainer;

    /// <summary>An object that is read as a model.</summary>
    public static long OfModel(ReadOnlySpan<byte> json, ModelSize model) => OfModel(json, JsonParts.Count(json), model);

    /// <summary>An object that is read as a model to be edited, with what shows the edit later.</summary>
    public static long OfView(ReadOnlySpan<byte> json, ModelSize model)
    {
        var parts = JsonParts.Count(json);
        return OfModel(json, parts, model)
            + FixedOfView
            + Math.Max((parts.Containers - parts.Empty + parts.Values) * (long)SnapshotBytesPerValue, json.Length * (long)SnapshotBytesPerByte)
            + (Math.Max(0, parts.Values - parts.Empty) * (long)BoxBytesPerValue);
    }

    /// <summary>The patch of an edited object: the object written again, the patch, the object that the patch gives, and the response.</summary>
    public static long OfPatch(ReadOnlySpan<byte> json) => Fixed + (json.Length * (long)PatchBytesPerByte);

    /// <summary>An edit that is taken over by comparing texts: five texts and their trees.</summary>
    public static long OfReplay(ReadOnlySpan<byte> json) =>
        FixedOfReplay + (json.Length * (long)ReplayBytesPerByte) + (Nodes(json) * (long)ReplayBytesPerValue);

    /// <summary>An object that is read as an element: its text, and a place of 12 bytes for each value and each name.</summary>
    public static long OfElement(ReadOnlySpan<byte> json) => Fixed + json.Length + (Nodes(json) * (long)ElementBytesPerValue);

    private static long OfModel(ReadOnlySpan<byte> json, in JsonParts parts, ModelSize model) =>
        Fixed
        + model.BytesOnce
        + (parts.Objects * (long)model.BytesPerObject)
        + ((parts.Objects - parts.EmptyObjects) * (long)model.BytesPerObjectInUse)
        + (parts.Lists * (long)BytesPerList)
        + ((parts.Lists - parts.EmptyLists) * (long)BytesPerListInUse)
        + (parts.Values * (long)(BytesPerPlace + model.BytesPerElement))
        + (Math.Max(0, parts.Values - parts.Empty) * (long)BytesPerPlainValue)
        + (model.BytesPerMember == 0 ? 0 : json.Count((byte)':') * (long)model.BytesPerMember)
        + (json.Count((byte)'"') * (long)BytesPerQuote)
        + (json.Length * (long)BytesPerByte);

    private static int Nodes(ReadOnlySpan<byte> json) => json.Count((byte)'{') + json.Count((byte)'[') + json.Count((byte)',');
}
