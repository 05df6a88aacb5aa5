namespace AdmissionSdk;

/// <summary>Part of a review cannot be read as the type that was asked for. Let it leave the handler, and the webhook's <see cref="UndecodablePolicy"/> answers.</summary>
public sealed class UndecodableObjectException : Exception
{
    internal UndecodableObjectException(string member, Type type, Exception? innerException)
        : base($"{member} cannot be read as {type.Name}" + (innerException is null ? "" : $": {innerException.GetType().Name}"), innerException)
    {
        Member = member;
        ObjectType = type;
    }

    internal UndecodableObjectException(string member, Type type, string why)
        : base($"{member} cannot be read as {type.Name}: {why}")
    {
        Member = member;
        ObjectType = type;
    }

    /// <summary>The member of the review: <c>object</c>, <c>oldObject</c> or <c>options</c>.</summary>
    public string Member { get; }

    /// <summary>The type it was read as.</summary>
    public Type ObjectType { get; }
}
