using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Registries;

/// <summary>An answer, or why there is none.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Digest">The digest that the image has, if it is there and its digest is known.</param>
internal readonly record struct RegistryLookupResult(LookupOutcome Outcome, string? Digest = null)
{
    /// <summary>Whether the registry has the image.</summary>
    public Existence Existence => Outcome switch
    {
        LookupOutcome.Present => Existence.Present,
        LookupOutcome.Absent => Existence.Absent,
        _ => Existence.Unknown,
    };
}
