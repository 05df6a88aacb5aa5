using System.Linq.Expressions;
using AdmissionSdk.Patching.Fields;

namespace AdmissionSdk;

/// <summary>One fault in one field of an object. kubectl prints it as <c>path: message</c>.</summary>
/// <remarks>Becomes an entry of <c>status.details.causes</c> (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/).</remarks>
public sealed record FieldError
{
    /// <summary>Names a fault by the path of its field.</summary>
    /// <param name="field">The path as Kubernetes writes it, such as <c>spec.containers[0].image</c>.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    /// <param name="reason">The cause's machine-readable reason. Default <c>FieldValueInvalid</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/>, <paramref name="message"/> or <paramref name="reason"/> is empty.</exception>
    public FieldError(string field, string message, string reason = FieldErrorReasons.Invalid)
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

    /// <summary>What is wrong and what would be right.</summary>
    public string Message { get; }

    /// <summary>The cause's machine-readable reason; see <see cref="FieldErrorReasons"/>.</summary>
    public string Reason { get; }

    /// <summary>Names a fault by an expression over the model.</summary>
    /// <typeparam name="T">The model of the object.</typeparam>
    /// <param name="field">The field, such as <c>pod => pod.Spec.Containers[0].Image</c>.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    /// <param name="reason">The cause's machine-readable reason. Default <c>FieldValueInvalid</c>.</param>
    /// <returns>The fault, with the path in Kubernetes' own spelling.</returns>
    public static FieldError For<T>(
        Expression<Func<T, object?>> field, string message, string reason = FieldErrorReasons.Invalid)
    {
        ArgumentNullException.ThrowIfNull(field);
        return new(FieldPath.From(field).ToFieldString(), message, reason);
    }
}
