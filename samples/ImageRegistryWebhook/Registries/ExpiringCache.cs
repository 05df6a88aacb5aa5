using System.Diagnostics.CodeAnalysis;

namespace ImageRegistryWebhook.Registries;

/// <summary>Keeps values for a time, up to a capacity; the oldest is removed first. Safe for concurrent use. A change of the machine's clock changes nothing.</summary>
internal sealed class ExpiringCache<TKey, TValue>(int capacity, TimeProvider time)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(TKey Key, TValue Value, long Since, TimeSpan Lifetime)> _byAge = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value, long Since, TimeSpan Lifetime)>> _byKey = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byKey.Count;
            }
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var node))
            {
                if (time.GetElapsedTime(node.Value.Since) < node.Value.Lifetime)
                {
                    value = node.Value.Value;
                    return true;
                }

                Remove(node);
            }

            value = default;
            return false;
        }
    }

    public void Set(TKey key, TValue value, TimeSpan lifetime)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var old))
            {
                Remove(old);
            }

            if (lifetime <= TimeSpan.Zero || capacity <= 0)
            {
                return;
            }

            if (_byKey.Count == capacity)
            {
                Remove(_byAge.First!);
            }

            _byKey.Add(key, _byAge.AddLast((key, value, time.GetTimestamp(), lifetime)));
        }
    }

    public void Remove(TKey key)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var node))
            {
                Remove(node);
            }
        }
    }

    private void Remove(LinkedListNode<(TKey Key, TValue Value, long Since, TimeSpan Lifetime)> node)
    {
        _byAge.Remove(node);
        _byKey.Remove(node.Value.Key);
    }
}
