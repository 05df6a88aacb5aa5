namespace ImageRegistryWebhook.Policies;

/// <summary>Whether a registry has an image.</summary>
internal enum Existence
{
    /// <summary>Not asked yet.</summary>
    Unasked,

    /// <summary>Nobody is going to ask.</summary>
    NotChecked,

    Present,
    Absent,

    /// <summary>Asked, and no answer that could be used.</summary>
    Unknown,
}
