using AdmissionSdk.Contexts;

namespace AdmissionSdk;

/// <summary>Makes contexts for unit tests of validators.</summary>
public static class ValidationContext
{
    /// <summary>A context of an object, to call <see cref="IValidator{T}.ValidateAsync"/> with. It never ends; <see cref="AdmissionContext.Warnings"/> and <see cref="AdmissionContext.AuditAnnotations"/> tell what the handler left.</summary>
    /// <typeparam name="T">The handler's object type.</typeparam>
    /// <param name="object">The object the review is about. The handler gets this very instance.</param>
    /// <param name="options">What the review says beside it. Default: a CREATE.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentException">The old object is of another type.</exception>
    public static ValidationContext<T> For<T>(T @object, AdmissionContextOptions? options = null)
        where T : class =>
        new(UnitTestCall.Create(@object, options ?? new()), @object);
}
