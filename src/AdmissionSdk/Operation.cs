namespace AdmissionSdk;

/// <summary>An operation that the user asked of the API server: CREATE, UPDATE, DELETE, CONNECT, or a word this version does not know.</summary>
/// <remarks>Reads never reach admission. A struct over the wire's text, so that an operation added by a later Kubernetes still arrives.</remarks>
public readonly struct Operation : IEquatable<Operation>
{
    /// <summary>Makes an operation of the text on the wire.</summary>
    /// <param name="value">The text on the wire, upper case.</param>
    public Operation(string value) => Value = value;

    /// <summary>The text on the wire, upper case.</summary>
    public string Value { get; }

    /// <summary>Compares two values by their text.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Operation left, Operation right) => left.Equals(right);

    /// <summary>Compares two values by their text.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Operation left, Operation right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(Operation other) => Value == other.Value;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Operation other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Value);

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
