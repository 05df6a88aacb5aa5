namespace AdmissionSdk.Patching.Fields;

/// <summary>The key that tells the elements of a list apart.</summary>
/// <param name="Name">The merge key.</param>
/// <param name="Companion">A second member that counts, since the API server takes the same key twice if it differs: a port's protocol.</param>
/// <param name="CompanionDefault">The value of an element without <paramref name="Companion"/>.</param>
internal sealed record ElementKey(string Name, string? Companion = null, string? CompanionDefault = null);
