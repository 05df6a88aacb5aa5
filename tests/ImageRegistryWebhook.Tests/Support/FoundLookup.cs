using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>A look-up that finds every image and digest.</summary>
internal sealed class FoundLookup : IRegistryLookup
{
    public ValueTask<RegistryFacts> LookUpAsync(RegistryQuestion question, RegistryFacts known, CancellationToken cancellationToken) =>
        ValueTask.FromResult(question.Kind == RegistryQuestionKind.Digest
            ? known with { DigestAsked = true, Digest = SamplePods.Digest }
            : known with { Existence = Existence.Present });
}
