using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Checks;

/// <summary>Fields that are in every object the webhook gets, and so need not be missing in tests. <c>*</c> stands for one segment.</summary>
internal sealed class RequiredFields(IEnumerable<string>? pointers)
{
    private readonly IReadOnlyList<string[]> _patterns = [.. (pointers ?? []).Select(Pointer.Parse)];

    public bool Contains(string[] segments) =>
        _patterns.Any(pattern => pattern.Length == segments.Length && pattern.Zip(segments).All(pair => pair.First == "*" || pair.First == pair.Second));
}
