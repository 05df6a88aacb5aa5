namespace ImageRegistryWebhook.Policies;

/// <summary>Where the webhook leaves traces of what it did.</summary>
internal sealed record RecordSection
{
    /// <summary>The original images, in an annotation of a created pod.</summary>
    public bool Annotation { get; init; } = true;

    /// <summary>A warning to the user for each change.</summary>
    public bool Warning { get; init; } = true;

    /// <summary>Annotations of the audit event.</summary>
    public bool Audit { get; init; } = true;
}
