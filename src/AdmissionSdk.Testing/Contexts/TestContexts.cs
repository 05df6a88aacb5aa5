using AdmissionSdk.Testing.Contexts;

namespace AdmissionSdk.Testing;

/// <summary>Makes contexts for unit tests of handlers, without a host.</summary>
/// <remarks>
/// A context made here never ends; <see cref="AdmissionContext.GetWarnings"/> and <see cref="AdmissionContext.GetAuditAnnotations"/> tell what the handler
/// left. Edits of a mutator are in the object itself; the patch is found by a host only, see <see cref="AdmissionTestHost"/>.
/// </remarks>
public static class TestContexts
{
    /// <summary>Makes a context to call <see cref="IMutator{T}.MutateAsync"/> with.</summary>
    /// <typeparam name="T">The handler's object type.</typeparam>
    /// <param name="object">The object that the review is about. The handler gets this very instance.</param>
    /// <param name="options">Everything else in the review. Default: a CREATE.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentException">The old object is of another type.</exception>
    public static MutationContext<T> ForMutator<T>(T @object, TestContextOptions? options = null)
        where T : class =>
        new(TestCall.Create(@object, options ?? new()), @object);

    /// <summary>Makes a context to call <see cref="IValidator{T}.ValidateAsync"/> with.</summary>
    /// <typeparam name="T">The handler's object type.</typeparam>
    /// <param name="object">The object that the review is about. The handler gets this very instance.</param>
    /// <param name="options">Everything else in the review. Default: a CREATE.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentException">The old object is of another type.</exception>
    public static ValidationContext<T> ForValidator<T>(T @object, TestContextOptions? options = null)
        where T : class =>
        new(TestCall.Create(@object, options ?? new()), @object);
}
