using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Registries;

/// <summary>Looks up facts about images in registries for the policy engine.</summary>
internal interface IRegistryLookup
{
    /// <summary>
    /// Looks up one fact. Without a usable response the fact is <see cref="Existence.Unknown"/>, or a missing digest. In any case the same question is not
    /// needed again for the same image.
    /// </summary>
    /// <param name="question">The question, with the terms of its policy.</param>
    /// <param name="known">The facts known so far.</param>
    /// <param name="cancellationToken">Ends the waiting. The look-up goes on, and a later caller may get its result.</param>
    /// <returns>The known facts and the new fact.</returns>
    ValueTask<RegistryFacts> LookUpAsync(RegistryQuestion question, RegistryFacts known, CancellationToken cancellationToken);
}
