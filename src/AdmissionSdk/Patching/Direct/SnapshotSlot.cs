namespace AdmissionSdk.Patching.Direct;

/// <summary>One value of a view as it was, before its children.</summary>
internal struct SnapshotSlot
{
    /// <summary>The value. A value that is not an object, list or map but can be edited has one child: what it held.</summary>
    public object? Value { get; init; }

    /// <summary>The key of a map's value; the text that an IntOrString held.</summary>
    public string? Text { get; init; }

    /// <summary>The position of the member in its object's plan; for a quantity, its format.</summary>
    public int Number { get; init; }

    /// <summary>The place behind the value's last descendant.</summary>
    public int End { get; set; }
}
