using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Registries;

/// <summary>The result of a look-up.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Digest">The image's digest if present and known; else null.</param>
internal readonly record struct RegistryLookupResult(LookupOutcome Outcome, string? Digest = null)
{
    /// <summary>The existence of the image in the registry.</summary>
    public Existence Existence => Outcome switch
    {
        LookupOutcome.Present => Existence.Present,
        LookupOutcome.Absent => Existence.Absent,
        _ => Existence.Unknown,
    };
}
