using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A user's class whose collections do not hold what they read, or not in that order.</summary>
internal sealed class Basket : IJsonOnDeserialized
{
    private List<BasketItem>? _sorted;
    private List<BasketItem>? _present;
    private List<BasketItem>? _loud;
    private List<string>? _words;
    private List<BasketItem>? _completed;

    public SortedSet<string>? Tags { get; set; }

    public HashSet<BasketItem>? Set { get; set; }

    /// <summary>Sorts in its setter.</summary>
    public List<BasketItem>? Sorted
    {
        get => _sorted;
        set => _sorted = value is null ? null : [.. value.OrderBy(item => item.Id, StringComparer.Ordinal)];
    }

    /// <summary>Drops nulls in its setter.</summary>
    public List<BasketItem>? Present
    {
        get => _present;
        set => _present = value is null ? null : [.. value.Where(item => item is not null)];
    }

    /// <summary>Drops nulls in its setter, and changes the rest.</summary>
    public List<BasketItem>? Loud
    {
        get => _loud;
        set => _loud = value is null ? null : [.. value.OfType<BasketItem>().Select(item => item with { Id = item.Id?.ToUpperInvariant() })];
    }

    /// <summary>Adds in its setter what is missing.</summary>
    public List<BasketItem>? Completed
    {
        get => _completed;
        set => _completed = value is null || value.Exists(item => item.Id == "default") ? value : [.. value, new BasketItem { Id = "default" }];
    }

    /// <summary>Drops nulls in its setter, and changes the rest.</summary>
    public List<string>? Words
    {
        get => _words;
        set => _words = value is null ? null : [.. value.OfType<string>().Select(word => word.ToUpperInvariant())];
    }

    /// <summary>Sorted when all is read.</summary>
    public List<BasketItem>? Later { get; set; }

    public ImmutableArray<string>? Fixed { get; set; }

    public ImmutableSortedSet<string>? FixedSorted { get; set; }

    /// <summary>System.Text.Json turns it round each time it is read.</summary>
    public Stack<int>? Stack { get; set; }

    public void OnDeserialized() => Later?.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
}
