using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Patching.Reading;

/// <summary>A list that is read when somebody asks for an element: half of an object of the API server may be managedFields, which hardly any handler looks at.</summary>
internal sealed class DeferredList<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<IList<T>> typeInfo) : IList<T>, IList, IReadOnlyList<T>, IDeferred
{
    private List<T>? _items;

    public bool IsRead => _items is not null;

    public int Count => Items.Count;

    public bool IsReadOnly => false;

    public bool IsFixedSize => false;

    public bool IsSynchronized => false;

    public object SyncRoot => this;

    private List<T> Items => _items ??= [.. JsonSerializer.Deserialize(json.Span, typeInfo) ?? []];

    public T this[int index]
    {
        get => Items[index];
        set => Items[index] = value;
    }

    object? IList.this[int index]
    {
        get => Items[index];
        set => Items[index] = (T)value!;
    }

    public void Add(T item) => Items.Add(item);

    public int Add(object? value) => ((IList)Items).Add(value);

    public void Clear() => Items.Clear();

    public bool Contains(T item) => Items.Contains(item);

    public bool Contains(object? value) => ((IList)Items).Contains(value);

    public void CopyTo(T[] array, int arrayIndex) => Items.CopyTo(array, arrayIndex);

    public void CopyTo(Array array, int index) => ((IList)Items).CopyTo(array, index);

    public IEnumerator<T> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

    public int IndexOf(T item) => Items.IndexOf(item);

    public int IndexOf(object? value) => ((IList)Items).IndexOf(value);

    public void Insert(int index, T item) => Items.Insert(index, item);

    public void Insert(int index, object? value) => ((IList)Items).Insert(index, value);

    public bool Remove(T item) => Items.Remove(item);

    public void Remove(object? value) => ((IList)Items).Remove(value);

    public void RemoveAt(int index) => Items.RemoveAt(index);
}
