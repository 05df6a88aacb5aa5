namespace AdmissionSdk.Linting;

/// <summary>A subresource through which a part of a resource's object is written without a review of the resource itself.</summary>
/// <param name="Group">The API group of the resource.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Subresource">The subresource.</param>
/// <param name="Operation">The operation of its reviews.</param>
/// <param name="Kind">The kind of the objects in its reviews.</param>
/// <param name="Writes">The fields of the resource's object that are written.</param>
/// <param name="Since">The first Kubernetes with the subresource in its default configuration; null if every supported version has it.</param>
internal sealed record SecondDoor(string Group, string Resource, string Subresource, Operations Operation, string Kind, string Writes, Version? Since = null)
{
    /// <summary>The door as a rule spells it, with the group.</summary>
    public string Name => Group.Length == 0 ? $"{Resource}/{Subresource}" : $"{Resource}/{Subresource}.{Group}";

    /// <summary>True if an API server of the version has the door.</summary>
    public bool ExistsIn(Version kubeVersion) => Since is null || Since <= kubeVersion;
}
