namespace ImageRegistryWebhook.Policies;

/// <summary>The section <c>record</c>: the traces of decisions.</summary>
internal sealed record RecordSection
{
    /// <summary>True to annotate a created pod with its original images.</summary>
    public bool Annotation { get; init; } = true;

    /// <summary>True to warn the user of each change.</summary>
    public bool Warning { get; init; } = true;

    /// <summary>True to annotate the audit event.</summary>
    public bool Audit { get; init; } = true;
}
