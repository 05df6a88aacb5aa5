namespace AdmissionSdk;

/// <summary>Changes, refuses or lets through an object of type <typeparamref name="T"/> before Kubernetes stores it.</summary>
/// <typeparam name="T">A KubernetesClient model, your own custom-resource class, <see cref="PartialObjectMetadata"/>, or <see cref="System.Text.Json.Nodes.JsonObject"/>.</typeparam>
/// <remarks>
/// The API server may call a mutator more than once for one user request, with a new uid each time, so a mutator must be
/// idempotent: a mutator given its own output changes nothing
/// (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#reinvocation-policy).
/// Calls run concurrently; the dependency-injection lifetime of the handler decides whether the calls share an instance (scoped by default).
/// </remarks>
public interface IMutator<T>
    where T : class
{
    /// <summary>Decides one admission review. Edit <see cref="MutationContext{T}.Object"/> in place, or name each change with <see cref="MutationContext{T}.Patch"/>.</summary>
    /// <param name="context">The review: the object, the user, the operation. Valid until the returned task ends.</param>
    /// <param name="cancellationToken">Fires when the API server stops waiting: after the timeout less a margin, or on disconnect.</param>
    /// <returns>Allow (with the edits), Deny, or Fail. A thrown exception counts as Fail.</returns>
    ValueTask<AdmissionResult> MutateAsync(MutationContext<T> context, CancellationToken cancellationToken);
}
