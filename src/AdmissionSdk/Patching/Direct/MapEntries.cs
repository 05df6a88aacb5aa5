using System.Collections;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Patching.Direct;

/// <summary>The entries of a map from strings, or of a JSON object; the commonest map without a box for each.</summary>
internal readonly ref struct MapEntries(object map)
{
    public static int Count(object map) => map is JsonObject json ? json.Count : ((IDictionary)map).Count;

    public static bool TryGet(object map, string name, out object? value)
    {
        if (map is JsonObject json)
        {
            var found = json.TryGetPropertyValue(name, out var node);
            value = node;
            return found;
        }

        var any = (IDictionary)map;
        value = any.Contains(name) ? any[name] : null;
        return value is not null || any.Contains(name);
    }

    public Enumerator GetEnumerator() => new(map);

    public ref struct Enumerator
    {
        private readonly IDictionaryEnumerator? _any;
        private readonly IEnumerator<KeyValuePair<string, JsonNode?>>? _nodes;
        private Dictionary<string, string>.Enumerator _texts;

        public Enumerator(object map)
        {
            switch (map)
            {
                case Dictionary<string, string> texts:
                    _texts = texts.GetEnumerator();
                    break;
                case JsonObject json:
                    _nodes = json.GetEnumerator();
                    break;
                default:
                    _any = ((IDictionary)map).GetEnumerator();
                    break;
            }
        }

        public (string Key, object? Value) Current { get; private set; }

        public bool MoveNext()
        {
            if (_nodes is not null)
            {
                return _nodes.MoveNext() && MoveTo(_nodes.Current.Key, _nodes.Current.Value);
            }

            if (_any is not null)
            {
                return _any.MoveNext() && MoveTo((string)_any.Key, _any.Value);
            }

            return _texts.MoveNext() && MoveTo(_texts.Current.Key, _texts.Current.Value);
        }

        private bool MoveTo(string key, object? value)
        {
            Current = (key, value);
            return true;
        }
    }
}
