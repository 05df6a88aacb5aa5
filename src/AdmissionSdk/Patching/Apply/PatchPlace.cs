using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Apply;

/// <summary>Where an operation works: its pointer, taken apart, and which operation it is, for errors.</summary>
internal sealed class PatchPlace
{
    private readonly int _operation;

    public PatchPlace(int operation, string pointer)
    {
        _operation = operation;
        Pointer = pointer;
        Segments = JsonPointer.TryParse(pointer) ?? throw Fail("it is not a JSON Pointer");
    }

    public string Pointer { get; }

    public string[] Segments { get; }

    public bool IsRoot => Segments.Length == 0;

    public string Last => Segments[^1];

    public bool IsInside(PatchPlace other) =>
        Segments.Length > other.Segments.Length && Segments.AsSpan(0, other.Segments.Length).SequenceEqual(other.Segments);

    public JsonPatchException Fail(string reason) => new(_operation, Pointer, reason);
}
