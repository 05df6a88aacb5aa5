namespace AdmissionSdk;

/// <summary>An operation that the user asked of the API server: CREATE, UPDATE, DELETE, CONNECT, or a word this version does not know.</summary>
/// <remarks>Reads never reach admission. A struct over the wire's text, so that an operation added by a later Kubernetes still arrives.</remarks>
/// <param name="Value">The text on the wire, upper case.</param>
public readonly record struct Operation(string Value)
{
    /// <summary>The object is being created.</summary>
    public static Operation Create { get; } = new("CREATE");

    /// <summary>The object, or one of its subresources, is being updated, patched or applied.</summary>
    public static Operation Update { get; } = new("UPDATE");

    /// <summary>The object is being deleted. On the wire <c>object</c> is null, and <c>oldObject</c> is the object that goes.</summary>
    public static Operation Delete { get; } = new("DELETE");

    /// <summary>A connection is being opened: exec, attach, port-forward or proxy.</summary>
    public static Operation Connect { get; } = new("CONNECT");

    /// <summary>The matching flag, or <see cref="Operations.None"/> for an operation this version does not know.</summary>
    internal Operations Flag => Value switch
    {
        "CREATE" => Operations.Create,
        "UPDATE" => Operations.Update,
        "DELETE" => Operations.Delete,
        "CONNECT" => Operations.Connect,
        _ => Operations.None,
    };

    /// <summary>The text on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
