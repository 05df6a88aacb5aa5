namespace AdmissionSdk;

/// <summary>Accepts or refuses an object of type <typeparamref name="T"/> in the form in which Kubernetes would store it.</summary>
/// <typeparam name="T">A KubernetesClient model, your own custom-resource class, <see cref="PartialObjectMetadata"/>, or <see cref="System.Text.Json.Nodes.JsonObject"/>.</typeparam>
/// <remarks>
/// The API server calls all validating webhooks of a request in parallel, after every mutation
/// (https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#admission-control-phases).
/// A validator cannot change the object.
/// </remarks>
public interface IValidator<T>
    where T : class
{
    /// <summary>Decides one admission review.</summary>
    /// <param name="context">The review: the object, the old object, the user, the operation. Valid until the returned task ends.</param>
    /// <param name="cancellationToken">Fires when the API server stops waiting: after the timeout less a margin, or on disconnect.</param>
    /// <returns>Allow, Deny, or Fail. A thrown exception counts as Fail.</returns>
    ValueTask<AdmissionResult> ValidateAsync(ValidationContext<T> context, CancellationToken cancellationToken);
}
