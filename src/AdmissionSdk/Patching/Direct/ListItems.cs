using System.Collections;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Patching.Direct;

/// <summary>The elements of a list or of a JSON array.</summary>
internal readonly struct ListItems(object list)
{
    private readonly JsonArray? _json = list as JsonArray;
    private readonly IList? _items = list as IList;

    public int Count => _json?.Count ?? _items!.Count;

    public object? this[int index] => _json is null ? _items![index] : _json[index];
}
