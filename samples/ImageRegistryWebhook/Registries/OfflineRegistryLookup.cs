using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Registries;

/// <summary>Asks no registry: every target is taken to have its images, and digests are not known.</summary>
internal sealed class OfflineRegistryLookup : IRegistryLookup
{
    public ValueTask<RegistryFacts> LookUpAsync(RegistryQuestion question, RegistryFacts known, CancellationToken cancellationToken) =>
        ValueTask.FromResult(question.Kind == RegistryQuestionKind.Existence
            ? known with { Existence = Existence.NotChecked }
            : known with { DigestAsked = true });
}
