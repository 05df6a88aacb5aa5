using System.Collections;

namespace AdmissionSdk.Patching.Direct;

/// <summary>The entries of a map from strings; the commonest map without a box for each.</summary>
internal readonly ref struct MapEntries(object map)
{
    public Enumerator GetEnumerator() => new(map);

    public ref struct Enumerator
    {
        private readonly IDictionaryEnumerator? _any;
        private Dictionary<string, string>.Enumerator _texts;

        public Enumerator(object map)
        {
            if (map is Dictionary<string, string> texts)
            {
                _texts = texts.GetEnumerator();
            }
            else
            {
                _any = ((IDictionary)map).GetEnumerator();
            }
        }

        public (string Key, object? Value) Current { get; private set; }

        public bool MoveNext()
        {
            if (_any is null)
            {
                if (!_texts.MoveNext())
                {
                    return false;
                }

                Current = (_texts.Current.Key, _texts.Current.Value);
                return true;
            }

            if (!_any.MoveNext())
            {
                return false;
            }

            Current = ((string)_any.Key, _any.Value);
            return true;
        }
    }
}
