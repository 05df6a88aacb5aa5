namespace AdmissionSdk.Patching.Fields;

/// <summary>What tells the elements of a list apart.</summary>
/// <param name="Name">The merge key.</param>
/// <param name="Companion">A second member that counts, since the API server takes the same key twice when it differs: a port's protocol.</param>
/// <param name="CompanionDefault">What an element without <paramref name="Companion"/> has.</param>
internal sealed record ElementKey(string Name, string? Companion = null, string? CompanionDefault = null);
