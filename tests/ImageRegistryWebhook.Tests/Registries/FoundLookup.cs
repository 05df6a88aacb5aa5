using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;
using ImageRegistryWebhook.Tests.Admission;

namespace ImageRegistryWebhook.Tests.Registries;

/// <summary>Registries that have everything.</summary>
internal sealed class FoundLookup : IRegistryLookup
{
    public ValueTask<RegistryFacts> LookUpAsync(RegistryQuestion question, RegistryFacts known, CancellationToken cancellationToken) =>
        ValueTask.FromResult(question.Kind == RegistryQuestionKind.Digest
            ? known with { DigestAsked = true, Digest = Samples.Digest }
            : known with { Existence = Existence.Present });
}
