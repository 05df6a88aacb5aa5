using AdmissionSdk.Contexts;
using AdmissionSdk.Patching;

namespace AdmissionSdk;

/// <summary>The context of a mutator: the review, with the object as <typeparamref name="T"/> to edit.</summary>
/// <typeparam name="T">The handler's object type.</typeparam>
public sealed class MutationContext<T> : AdmissionContext
    where T : class
{
    private T _object;
    private T? _oldObject;
    private PatchBuilder<T>? _patch;

    internal MutationContext(AdmissionCall call, T @object)
        : base(call) => _object = @object;

    /// <summary>
    /// The object the request is about; on DELETE the one being deleted. Never null. Edit the object in place, or assign a changed copy
    /// (<c>context.Object = context.Object with { … }</c>): the SDK finds the difference and replays it on the JSON that was received,
    /// so that fields your type does not know stay where they are.
    /// </summary>
    /// <remarks>An edit on DELETE is a failure: the API server accepts no patch on DELETE.</remarks>
    /// <exception cref="ArgumentNullException">Null is assigned.</exception>
    /// <exception cref="ObjectDisposedException">The review has ended (on assignment).</exception>
    /// <exception cref="OperationCanceledException">The response is due.</exception>
    public T Object
    {
        get
        {
            Call.ThrowIfAbandoned();
            return _object;
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Call.ThrowIfOver();
            _object = value;
        }
    }

    /// <summary>The object as it is stored now; null on CREATE and CONNECT. Decoded on first use; edits to the old object have no effect.</summary>
    /// <exception cref="UndecodableObjectException">The stored object does not fit the type.</exception>
    /// <exception cref="ObjectDisposedException">The review has ended.</exception>
    public T? OldObject => _oldObject ??= Decode<T>("oldObject", static request => request.OldObject);

    /// <summary>Names changes by path. Works beside edits to <see cref="Object"/>; the named changes are applied after the edits.</summary>
    /// <exception cref="ObjectDisposedException">The review has ended.</exception>
    public PatchBuilder<T> Patch
    {
        get
        {
            Call.ThrowIfOver();
            return _patch ??= new PatchBuilder<T>(Call.Json.Options);
        }
    }

    /// <summary>The changes named so far; null when <see cref="Patch"/> was not used.</summary>
    internal PatchBuilder<T>? PatchOrNull => _patch;
}
