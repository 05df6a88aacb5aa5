using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Explicit;
using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching;

/// <summary>
/// Edits an object by path: <c>context.Patch.Set(pod => pod.Spec.Containers[0].Image, image)</c>, or by JSON Pointer for fields that the type lacks. The
/// edits are applied after the edits to <c>context.Object</c>, in the order of the calls. Missing parents are made. The review fails, with a message that
/// names the path, if an edit cannot apply. An edit of <c>metadata</c> that the API server would refuse whatever failurePolicy says (keys, names, finalizers,
/// owner references) throws <see cref="ArgumentException"/> at once, so that failurePolicy decides.
/// </summary>
/// <typeparam name="T">The handler's object type.</typeparam>
public sealed class PatchBuilder<T>
    where T : class
{
    private readonly JsonSerializerOptions _options;
    private readonly List<PatchEdit> _edits = [];

    internal PatchBuilder(JsonSerializerOptions options) => _options = options;

    internal int Count => _edits.Count;

    /// <summary>Sets a field, also to the default value of its type. Null removes the field.</summary>
    /// <typeparam name="TValue">The field's type.</typeparam>
    /// <param name="path">The field: members, indices and keys, such as <c>pod => pod.Spec.Containers[0].Image</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is more than members and indices, or a member is not one in JSON.</exception>
    public PatchBuilder<T> Set<TValue>(Expression<Func<T, TValue>> path, TValue value) => Set(PatchVerb.Set, FromExpression(path), value);

    /// <summary>Sets a field. Null removes the field.</summary>
    /// <typeparam name="TValue">The value's type.</typeparam>
    /// <param name="pointer">The field as a JSON Pointer, such as <c>/spec/containers/0/image</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="pointer"/> is not a JSON Pointer.</exception>
    public PatchBuilder<T> Set<TValue>(string pointer, TValue value) => Set(PatchVerb.Set, FromPointer(pointer), value);

    /// <summary>Sets a field unless it has a value. An explicit null is not a value; to set null does nothing.</summary>
    /// <typeparam name="TValue">The field's type.</typeparam>
    /// <param name="path">The field: members, indices and keys, such as <c>pod => pod.Spec.Containers[0].Image</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is more than members and indices, or a member is not one in JSON.</exception>
    public PatchBuilder<T> SetIfAbsent<TValue>(Expression<Func<T, TValue>> path, TValue value) => Set(PatchVerb.SetIfAbsent, FromExpression(path), value);

    /// <summary>Sets a field unless it has a value. An explicit null is not a value; to set null does nothing.</summary>
    /// <typeparam name="TValue">The value's type.</typeparam>
    /// <param name="pointer">The field as a JSON Pointer, such as <c>/spec/containers/0/image</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="pointer"/> is not a JSON Pointer.</exception>
    public PatchBuilder<T> SetIfAbsent<TValue>(string pointer, TValue value) => Set(PatchVerb.SetIfAbsent, FromPointer(pointer), value);

    /// <summary>Removes a field or list element. The review fails if there is none.</summary>
    /// <param name="path">The field.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is more than members and indices, or a member is not one in JSON.</exception>
    public PatchBuilder<T> Remove(Expression<Func<T, object?>> path) => Add(PatchVerb.Remove, FromExpression(path));

    /// <summary>Removes a field or list element. The review fails if there is none.</summary>
    /// <param name="pointer">The field as a JSON Pointer.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="pointer"/> is not a JSON Pointer.</exception>
    public PatchBuilder<T> Remove(string pointer) => Add(PatchVerb.Remove, FromPointer(pointer));

    /// <summary>Removes a field or list element, if any.</summary>
    /// <param name="path">The field.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is more than members and indices, or a member is not one in JSON.</exception>
    public PatchBuilder<T> RemoveIfPresent(Expression<Func<T, object?>> path) => Add(PatchVerb.RemoveIfPresent, FromExpression(path));

    /// <summary>Removes a field or list element, if any.</summary>
    /// <param name="pointer">The field as a JSON Pointer.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="pointer"/> is not a JSON Pointer.</exception>
    public PatchBuilder<T> RemoveIfPresent(string pointer) => Add(PatchVerb.RemoveIfPresent, FromPointer(pointer));

    /// <summary>Adds an element at the end of a list.</summary>
    /// <typeparam name="TItem">The element's type.</typeparam>
    /// <param name="path">The list.</param>
    /// <param name="item">The element.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is more than members and indices, or a member is not one in JSON.</exception>
    public PatchBuilder<T> Append<TItem>(Expression<Func<T, IEnumerable<TItem>?>> path, TItem item) =>
        Append(PatchVerb.Append, FromExpression(path), item);

    /// <summary>Adds an element at the end of a list.</summary>
    /// <typeparam name="TItem">The element's type.</typeparam>
    /// <param name="pointer">The list as a JSON Pointer.</param>
    /// <param name="item">The element.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="pointer"/> is not a JSON Pointer.</exception>
    public PatchBuilder<T> Append<TItem>(string pointer, TItem item) => Append(PatchVerb.Append, FromPointer(pointer), item);

    /// <summary>Adds an element at the end of a list unless the list has an equal element: by merge key (<c>name</c> of a container), or by content without a key.</summary>
    /// <remarks>Content would not do for keyed lists: the API server fills in defaults before it calls a mutator again (contract 13.2, 14).</remarks>
    /// <typeparam name="TItem">The element's type.</typeparam>
    /// <param name="path">The list.</param>
    /// <param name="item">The element.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is more than members and indices, or a member is not one in JSON.</exception>
    public PatchBuilder<T> AppendIfAbsent<TItem>(Expression<Func<T, IEnumerable<TItem>?>> path, TItem item) =>
        Append(PatchVerb.AppendIfAbsent, FromExpression(path), item);

    /// <summary>Adds an element at the end of a list unless the list has an equal element: by merge key (<c>name</c> of a container), or by content without a key.</summary>
    /// <remarks>Content would not do for keyed lists: the API server fills in defaults before it calls a mutator again (contract 13.2, 14).</remarks>
    /// <typeparam name="TItem">The element's type.</typeparam>
    /// <param name="pointer">The list as a JSON Pointer.</param>
    /// <param name="item">The element.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="pointer"/> is not a JSON Pointer.</exception>
    public PatchBuilder<T> AppendIfAbsent<TItem>(string pointer, TItem item) => Append(PatchVerb.AppendIfAbsent, FromPointer(pointer), item);

    /// <summary>Sets a label.</summary>
    /// <param name="key">The label's key, such as <c>example.com/team</c>, without escapes.</param>
    /// <param name="value">The label's value.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="key"/> or <paramref name="value"/> is not one of a label: the API server would refuse the user's request with a 422, whatever failurePolicy says.
    /// </exception>
    public PatchBuilder<T> SetLabel(string key, string value) => SetMetadata("labels", key, value);

    /// <summary>Removes a label, if any.</summary>
    /// <param name="key">The label's key, without escapes.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> RemoveLabel(string key) => Add(PatchVerb.RemoveIfPresent, FromMetadata("labels", key));

    /// <summary>Sets an annotation.</summary>
    /// <param name="key">The annotation's key, such as <c>example.com/owner</c>, without escapes.</param>
    /// <param name="value">The annotation's value.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="key"/> is not one of an annotation, or the value is over 256 KiB, which is the limit for all annotations together: the API server would
    /// refuse the user's request with a 422, whatever failurePolicy says.
    /// </exception>
    public PatchBuilder<T> SetAnnotation(string key, string value) => SetMetadata("annotations", key, value);

    /// <summary>Removes an annotation, if any.</summary>
    /// <param name="key">The annotation's key, without escapes.</param>
    /// <returns>This builder.</returns>
    public PatchBuilder<T> RemoveAnnotation(string key) => Add(PatchVerb.RemoveIfPresent, FromMetadata("annotations", key));

    internal void ApplyTo(PatchDocument document, PatchLimits limits)
    {
        var editor = new PatchEditor(document, limits);
        foreach (var edit in _edits)
        {
            editor.Apply(edit);
        }
    }

    private PatchBuilder<T> SetMetadata(string map, string key, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Set(PatchVerb.Set, FromMetadata(map, key), value);
    }

    private FieldPath FromMetadata(string map, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return FromPointer("/metadata/" + map).AppendKey(key);
    }

    private FieldPath FromExpression(LambdaExpression path) => FieldPath.From(path, _options);

    private FieldPath FromPointer(string pointer) => FieldPath.FromPointer(pointer, _options.GetTypeInfo(typeof(T)));

    private PatchBuilder<T> Append<TItem>(PatchVerb verb, FieldPath path, TItem item) =>
        Add(verb, path, Write(item), MergeKeys.FindKey(path.Field, typeof(TItem)));

    private PatchBuilder<T> Set<TValue>(PatchVerb verb, FieldPath path, TValue value) =>
        value is not null ? Add(verb, path, Write(value))
        : verb == PatchVerb.Set ? Add(PatchVerb.RemoveIfPresent, path)
        : this;

    private PatchBuilder<T> Add(PatchVerb verb, FieldPath path, ReadOnlyMemory<byte> value = default, ElementKey? key = null)
    {
        var edit = new PatchEdit(verb, path, value, key);
        MetadataEdits.ThrowIfRefused(edit);
        _edits.Add(edit);
        return this;
    }

    private byte[] Write<TValue>(TValue value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<TValue>)_options.GetTypeInfo(typeof(TValue)));
}
