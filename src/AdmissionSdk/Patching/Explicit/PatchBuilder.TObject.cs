using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Explicit;
using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching;

/// <summary>
/// Says exactly what to change, by path: <c>context.Patch.Set(pod => pod.Spec.Containers[0].Image, image)</c>, or by JSON Pointer for fields the type does not know.
/// Applied after edits to <see cref="MutationContext{T}.Object"/>, in the order said. Missing parents are made; what cannot apply is a failure that names the path.
/// </summary>
/// <typeparam name="T">The handler's object type.</typeparam>
public sealed class PatchBuilder<T>
    where T : class
{
    private readonly JsonSerializerOptions _options;
    private readonly List<PatchEdit> _edits = [];

    internal PatchBuilder(JsonSerializerOptions options) => _options = options;

    internal int Count => _edits.Count;

    /// <summary>Sets a field, whatever it was, also to the default value of its type. Null removes it.</summary>
    /// <typeparam name="TValue">The field's type.</typeparam>
    /// <param name="path">The field: members, indices and keys, such as <c>pod => pod.Spec.Containers[0].Image</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is more than members and indices, or a member is none in JSON.</exception>
    public PatchBuilder<T> Set<TValue>(Expression<Func<T, TValue>> path, TValue value) => Set(FromExpression(path), value, PatchVerb.Set);

    /// <summary>Sets a field, whatever it was. Null removes it.</summary>
    /// <typeparam name="TValue">The value's type.</typeparam>
    /// <param name="pointer">The field as a JSON Pointer, such as <c>/spec/containers/0/image</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="pointer"/> is not a JSON Pointer.</exception>
    public PatchBuilder<T> Set<TValue>(string pointer, TValue value) => Set(FromPointer(pointer), value, PatchVerb.Set);

    /// <summary>Sets a field unless it has a value already.</summary>
    /// <typeparam name="TValue">The field's type.</typeparam>
    /// <param name="path">The field.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> SetIfAbsent<TValue>(Expression<Func<T, TValue>> path, TValue value) => Set(FromExpression(path), value, PatchVerb.SetIfAbsent);

    /// <summary>Sets a field unless it has a value already.</summary>
    /// <typeparam name="TValue">The value's type.</typeparam>
    /// <param name="pointer">The field as a JSON Pointer.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> SetIfAbsent<TValue>(string pointer, TValue value) => Set(FromPointer(pointer), value, PatchVerb.SetIfAbsent);

    /// <summary>Removes a field or list element that must be there.</summary>
    /// <param name="path">The field.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> Remove(Expression<Func<T, object?>> path) => Add(PatchVerb.Remove, FromExpression(path));

    /// <summary>Removes a field or list element that must be there.</summary>
    /// <param name="pointer">The field as a JSON Pointer.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> Remove(string pointer) => Add(PatchVerb.Remove, FromPointer(pointer));

    /// <summary>Removes a field or list element if it is there.</summary>
    /// <param name="path">The field.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> RemoveIfPresent(Expression<Func<T, object?>> path) => Add(PatchVerb.RemoveIfPresent, FromExpression(path));

    /// <summary>Removes a field or list element if it is there.</summary>
    /// <param name="pointer">The field as a JSON Pointer.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> RemoveIfPresent(string pointer) => Add(PatchVerb.RemoveIfPresent, FromPointer(pointer));

    /// <summary>Adds an element at the end of a list.</summary>
    /// <typeparam name="TItem">The element's type.</typeparam>
    /// <param name="path">The list.</param>
    /// <param name="item">The element.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> Append<TItem>(Expression<Func<T, IEnumerable<TItem>?>> path, TItem item) =>
        Append(PatchVerb.Append, FromExpression(path), item);

    /// <summary>Adds an element at the end of a list.</summary>
    /// <typeparam name="TItem">The element's type.</typeparam>
    /// <param name="pointer">The list as a JSON Pointer.</param>
    /// <param name="item">The element.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> Append<TItem>(string pointer, TItem item) => Append(PatchVerb.Append, FromPointer(pointer), item);

    /// <summary>
    /// Adds an element at the end of a list unless it is in it: one with the same merge key, where the list has one (<c>name</c> of a container), else an equal one.
    /// </summary>
    /// <remarks>An equal one would not do for keyed lists: when the API server calls a mutator again, it has filled in defaults (contract 13.2, 14).</remarks>
    /// <typeparam name="TItem">The element's type.</typeparam>
    /// <param name="path">The list.</param>
    /// <param name="item">The element.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> AppendUnlessPresent<TItem>(Expression<Func<T, IEnumerable<TItem>?>> path, TItem item) =>
        Append(PatchVerb.AppendUnlessPresent, FromExpression(path), item);

    /// <summary>
    /// Adds an element at the end of a list unless it is in it: one with the same merge key, where the list has one (<c>name</c> of a container), else an equal one.
    /// </summary>
    /// <remarks>An equal one would not do for keyed lists: when the API server calls a mutator again, it has filled in defaults (contract 13.2, 14).</remarks>
    /// <typeparam name="TItem">The element's type.</typeparam>
    /// <param name="pointer">The list as a JSON Pointer.</param>
    /// <param name="item">The element.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> AppendUnlessPresent<TItem>(string pointer, TItem item) =>
        Append(PatchVerb.AppendUnlessPresent, FromPointer(pointer), item);

    /// <summary>Sets a label.</summary>
    /// <param name="key">The label's key, such as <c>example.com/team</c>; no escaping needed.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> SetLabel(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Set(FindMetadata("labels", key), value, PatchVerb.Set);
    }

    /// <summary>Removes a label if it is there.</summary>
    /// <param name="key">The label's key.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> RemoveLabel(string key) => Add(PatchVerb.RemoveIfPresent, FindMetadata("labels", key));

    /// <summary>Sets an annotation.</summary>
    /// <param name="key">The annotation's key, such as <c>example.com/owner</c>; no escaping needed.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> SetAnnotation(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Set(FindMetadata("annotations", key), value, PatchVerb.Set);
    }

    /// <summary>Removes an annotation if it is there.</summary>
    /// <param name="key">The annotation's key.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> RemoveAnnotation(string key) => Add(PatchVerb.RemoveIfPresent, FindMetadata("annotations", key));

    internal void ApplyTo(PatchDocument document, PatchLimits limits)
    {
        var editor = new PatchEditor(document, limits);
        foreach (var edit in _edits)
        {
            editor.Apply(edit);
        }
    }

    private FieldPath FindMetadata(string map, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return FromPointer("/metadata/" + map).AppendKey(key);
    }

    private FieldPath FromExpression(LambdaExpression path) => FieldPath.From(path, _options);

    private FieldPath FromPointer(string pointer) => FieldPath.FromPointer(pointer, _options.GetTypeInfo(typeof(T)));

    private PatchBuilder<T> Append<TItem>(PatchVerb verb, FieldPath path, TItem item) =>
        Add(verb, path, Write(item), MergeKeys.FindKey(path.Field, typeof(TItem)));

    private PatchBuilder<T> Set<TValue>(FieldPath path, TValue value, PatchVerb verb) =>
        value is not null ? Add(verb, path, Write(value))
        : verb == PatchVerb.Set ? Add(PatchVerb.RemoveIfPresent, path)
        : this;

    private PatchBuilder<T> Add(PatchVerb verb, FieldPath path, ReadOnlyMemory<byte> value = default, ElementKey? key = null)
    {
        _edits.Add(new PatchEdit(verb, path, value, key));
        return this;
    }

    private byte[] Write<TValue>(TValue value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<TValue>)_options.GetTypeInfo(typeof(TValue)));
}
