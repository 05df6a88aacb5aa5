using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Apply;

/// <summary>The place that an operation works on: its pointer, taken apart, and the operation's index, for messages.</summary>
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
