using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Registries;

/// <summary>Answers what the policy engine would like to know of a registry.</summary>
internal interface IRegistryLookup
{
    /// <summary>
    /// Answers a question. A registry that does not answer, or not in a way that can be used, is an answer too: <see cref="Existence.Unknown"/>, or no
    /// digest. In any case the same question need not be asked again about the same image.
    /// </summary>
    /// <param name="question">The question, with the terms of the policy it comes from.</param>
    /// <param name="known">What is known of the image already.</param>
    /// <param name="cancellationToken">Ends the waiting; the answer may still be found for whoever asks next.</param>
    /// <returns>What was known, and the answer.</returns>
    ValueTask<RegistryFacts> LookUpAsync(RegistryQuestion question, RegistryFacts known, CancellationToken cancellationToken);
}
