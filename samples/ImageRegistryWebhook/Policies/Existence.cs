namespace ImageRegistryWebhook.Policies;

/// <summary>The existence of an image in a registry.</summary>
internal enum Existence
{
    /// <summary>Not asked yet.</summary>
    Unasked,

    /// <summary>Not asked, and never will be.</summary>
    NotChecked,

    Present,
    Absent,

    /// <summary>Asked without a usable response.</summary>
    Unknown,
}
