using System.Collections.Concurrent;

namespace ImageRegistryWebhook.Policies;

/// <summary>
/// The rules' conditions that do not depend on the image, each tested once for a review: whoever makes the request chooses the length of names and labels,
/// and the number of images.
/// </summary>
internal sealed class ScopeMatches
{
    private ConcurrentDictionary<RuleMatch, string>? _mismatches;

    /// <summary>The condition on namespace, user or labels that does not hold; null if all hold, or may hold while the namespace's labels are not known.</summary>
    public string? Mismatch(RuleMatch match, ImageContext context)
    {
        var known = LazyInitializer.EnsureInitialized(ref _mismatches, static () => new(ReferenceEqualityComparer.Instance));
        var mismatch = known.GetOrAdd(match, static (match, context) => match.ScopeMismatch(context) ?? "", context);
        return mismatch.Length == 0 ? null : mismatch;
    }
}
