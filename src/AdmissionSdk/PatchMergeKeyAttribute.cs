namespace AdmissionSdk;

/// <summary>Names the member that tells the elements of a list apart, such as <c>name</c>, for lists in your own types.</summary>
/// <remarks>
/// Kubernetes' own lists have keys (https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/). With a key, a list that is rebuilt from new
/// objects keeps the fields your type does not know on the right elements.
/// </remarks>
/// <param name="name">The member's name in JSON.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatchMergeKeyAttribute(string name) : Attribute
{
    /// <summary>The member's name in JSON.</summary>
    public string Name { get; } = name;
}
