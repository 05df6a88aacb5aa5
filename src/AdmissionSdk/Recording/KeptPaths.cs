using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Recording;

/// <summary>The paths of the texts that are kept, never those of annotations.</summary>
internal sealed class KeptPaths(IEnumerable<string> pointers)
{
    private readonly IReadOnlyList<IReadOnlyList<string>> _patterns = [.. pointers.Select(Split)];

    public static IReadOnlyList<string> Split(string pointer) => [.. pointer[1..].Split('/').Select(JsonPointer.Unescape)];

    public bool Contains(IReadOnlyList<string> path) =>
        !path.Contains("annotations")
        && _patterns.Any(pattern => pattern.Count == path.Count && pattern.Zip(path).All(pair => pair.First == "*" || pair.First == pair.Second));
}
