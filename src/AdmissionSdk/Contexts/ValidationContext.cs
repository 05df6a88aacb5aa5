using AdmissionSdk.Contexts;

namespace AdmissionSdk;

/// <summary>The context of a validator: the review, with the object as <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The handler's object type.</typeparam>
public sealed class ValidationContext<T> : AdmissionContext
    where T : class
{
    private readonly T _object;
    private T? _oldObject;

    internal ValidationContext(AdmissionCall call, T @object)
        : base(call) => _object = @object;

    /// <summary>The object the request is about; on DELETE the one being deleted. Never null. An edit has no effect, and is an error in development and tests.</summary>
    /// <exception cref="OperationCanceledException">The response is due.</exception>
    public T Object
    {
        get
        {
            Call.ThrowIfAbandoned();
            return _object;
        }
    }

    /// <summary>The object as it is stored now; null on CREATE and CONNECT. Decoded on first use.</summary>
    /// <exception cref="UndecodableObjectException">The stored object does not fit the type.</exception>
    /// <exception cref="ObjectDisposedException">The review has ended.</exception>
    public T? OldObject => IsDelete ? Object : _oldObject ??= Decode<T>("oldObject", static request => request.OldObject);
}
