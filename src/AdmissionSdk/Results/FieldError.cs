using System.Linq.Expressions;
using AdmissionSdk.Patching.Fields;

namespace AdmissionSdk;

/// <summary>One fault in one field of an object. kubectl prints it as <c>path: message</c>.</summary>
/// <remarks>Becomes an entry of <c>status.details.causes</c> (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/).</remarks>
public sealed record FieldError
{
    /// <summary>Names a fault by the path of its field, with the reason <c>FieldValueInvalid</c>.</summary>
    /// <param name="field">The path as Kubernetes writes it, such as <c>spec.containers[0].image</c>.</param>
    /// <param name="message">The fault and the fix.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> or <paramref name="message"/> is empty.</exception>
    public FieldError(string field, string message)
        : this(field, message, FieldErrorReasons.Invalid)
    {
    }

    /// <summary>Names a fault by the path of its field.</summary>
    /// <param name="field">The path as Kubernetes writes it, such as <c>spec.containers[0].image</c>.</param>
    /// <param name="message">The fault and the fix.</param>
    /// <param name="reason">The cause's machine-readable reason; see <see cref="FieldErrorReasons"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/>, <paramref name="message"/> or <paramref name="reason"/> is empty.</exception>
    public FieldError(string field, string message, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Field = field;
        Message = message;
        Reason = reason;
    }

    /// <summary>The path of the field, such as <c>spec.containers[0].image</c>.</summary>
    public string Field { get; }

    /// <summary>The fault and the fix.</summary>
    public string Message { get; }

    /// <summary>The cause's machine-readable reason; see <see cref="FieldErrorReasons"/>.</summary>
    public string Reason { get; }

    /// <summary>Names a fault by an expression over the model, with the reason <c>FieldValueInvalid</c>.</summary>
    /// <typeparam name="T">The model of the object.</typeparam>
    /// <param name="field">The field, such as <c>pod => pod.Spec.Containers[0].Image</c>.</param>
    /// <param name="message">The fault and the fix.</param>
    /// <returns>The fault, with the path in Kubernetes' own spelling.</returns>
    public static FieldError For<T>(Expression<Func<T, object?>> field, string message) => For(field, message, FieldErrorReasons.Invalid);

    /// <summary>Names a fault by an expression over the model.</summary>
    /// <typeparam name="T">The model of the object.</typeparam>
    /// <param name="field">The field, such as <c>pod => pod.Spec.Containers[0].Image</c>.</param>
    /// <param name="message">The fault and the fix.</param>
    /// <param name="reason">The cause's machine-readable reason; see <see cref="FieldErrorReasons"/>.</param>
    /// <returns>The fault, with the path in Kubernetes' own spelling.</returns>
    public static FieldError For<T>(Expression<Func<T, object?>> field, string message, string reason)
    {
        ArgumentNullException.ThrowIfNull(field);
        return new(FieldPath.From(field).ToFieldString(), message, reason);
    }
}
