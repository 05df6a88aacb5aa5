namespace AdmissionSdk;

/// <summary>Runs around handlers, whatever their object type, as endpoint filters run around endpoints.</summary>
/// <remarks>
/// A filter must not treat a dry run otherwise than the real request (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#side-effects):
/// <c>kubectl diff</c> shows users the change to come.
/// </remarks>
public interface IAdmissionFilter
{
    /// <summary>Calls <paramref name="next"/>, or decides without it.</summary>
    /// <param name="context">The review: a <see cref="MutationContext{T}"/> or <see cref="ValidationContext{T}"/>.</param>
    /// <param name="next">The next filter, or the handler.</param>
    /// <param name="cancellationToken">Fires when the response is due.</param>
    /// <returns>The result of <paramref name="next"/>, or another one.</returns>
    ValueTask<AdmissionResult> InvokeAsync(AdmissionContext context, AdmissionFilterDelegate next, CancellationToken cancellationToken);
}
