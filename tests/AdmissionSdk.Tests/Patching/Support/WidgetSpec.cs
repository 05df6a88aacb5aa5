using System.Text.Json.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A widget's spec.</summary>
internal sealed record WidgetSpec
{
    public int? Size { get; set; }

    public int Level { get; set; }

    public long? Big { get; set; }

    public DateTime? When { get; set; }

    [PatchMergeKey("id")]
    public IList<WidgetPart>? Parts { get; set; }

    public List<WidgetStep>? Steps { get; set; }

    public IList<IList<int>>? Matrix { get; set; }

    public HashSet<string>? Labels { get; set; }

    public SortedSet<string>? Sorted { get; set; }

    public string[]? Args { get; set; }

    public WidgetStep[]? Fixed { get; set; }

    public IDictionary<string, WidgetPart>? Named { get; set; }

    public Dictionary<string, IList<WidgetStep>>? Groups { get; set; }

    /// <summary>Computed: no part of the view.</summary>
    [JsonPropertyName("summary")]
    public string Summary => $"{Size} {Level}";
}
