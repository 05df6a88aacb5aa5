namespace AdmissionSdk.Patching.Apply;

/// <summary>The place of a child in a value that is being patched.</summary>
internal struct PatchSlot
{
    /// <summary>The child's position among the children that the value had at first; -1 for a child that was added or put in another's place.</summary>
    public int Origin { get; set; }

    /// <summary>The first byte of the name that a member had at first, behind the quote.</summary>
    public int NameStart { get; init; }

    public int NameLength { get; init; }

    /// <summary>The first byte of the value that stood here at first.</summary>
    public int Start { get; set; }

    public int Length { get; set; }

    /// <summary>The name of a member that was added.</summary>
    public string? Name { get; init; }

    /// <summary>The value that stands here now; null while nobody asked for the value that stood here at first.</summary>
    public PatchNode? Node { get; set; }

    /// <summary>Tells if a member was removed: a hole, so that positions hold.</summary>
    public bool IsRemoved { get; set; }
}
