using System.Text.Json;
using AdmissionSdk.Serialization;

namespace AdmissionSdk;

/// <summary>Part of a review cannot be read as the type that was asked for. A handler lets the exception pass, and the webhook's <see cref="UndecodablePolicy"/> decides the response.</summary>
public sealed class UndecodableObjectException : Exception
{
    internal UndecodableObjectException(string member, Type type, Exception? innerException)
        : base($"{member} cannot be read as {type.Name}" + (innerException is null ? "" : $": {innerException.GetType().Name}"), innerException)
    {
        Member = member;
        ObjectType = type;
    }

    /// <param name="member">The member of the review.</param>
    /// <param name="type">The type that the member was to be read as.</param>
    /// <param name="options">The options of the reading.</param>
    /// <param name="innerException">The error of the reading.</param>
    internal UndecodableObjectException(string member, Type type, JsonSerializerOptions options, Exception innerException)
        : base($"{member} cannot be read as {type.Name}: {innerException.GetType().Name}{At(innerException, type, options)}", innerException)
    {
        Member = member;
        ObjectType = type;
    }

    internal UndecodableObjectException(string member, Type type, string detail)
        : base($"{member} cannot be read as {type.Name}: {detail}")
    {
        Member = member;
        ObjectType = type;
    }

    /// <summary>The member of the review: <c>object</c>, <c>oldObject</c> or <c>options</c>.</summary>
    public string Member { get; }

    /// <summary>The type that the member was to be read as.</summary>
    public Type ObjectType { get; }

    // Only declared members: the path tells which field does not fit, and nothing that the requester wrote.
    private static string At(Exception exception, Type type, JsonSerializerOptions options) =>
        exception is JsonException { Path: { } path } && DeclaredPath.Of(path, type, options) is { Length: > 0 } declared ? $" at {declared}" : "";
}
