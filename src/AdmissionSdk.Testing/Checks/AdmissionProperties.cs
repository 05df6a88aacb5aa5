using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Checks;

namespace AdmissionSdk.Testing;

/// <summary>
/// Properties of a good webhook, each one line in a test. A failed property shrinks the review as far as possible, and prints the rest,
/// ready to be sent again.
/// </summary>
public static class AdmissionProperties
{
    private const int LargeObject = 3 * 1024 * 1024;
    private const int FewTries = 20;

    /// <summary>
    /// Checks that the webhook is idempotent: a second call does not change the object again. The API server may call a webhook twice for a request
    /// (https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/#idempotent-mutations).
    /// Tried on the review, and with every field absent, null and empty.
    /// </summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review that the webhook allows.</param>
    /// <param name="webhook">The webhook. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends after the last try.</returns>
    /// <exception cref="AdmissionTestException">The property does not hold, and the message has the smallest counterexample. Or the webhook does not allow the review.</exception>
    public static Task EnsureIdempotentAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default) =>
        RunAllowedAsync(
            "The webhook is not idempotent.",
            NotNull(review),
            FieldVariants.Of(review, new([])),
            TargetOf(host, webhook, cancellationToken),
            IdempotencyCheck.Of);

    /// <summary>Checks that the webhook and another mutator settle in either order: neither mutator undoes the other's changes, and one reinvocation is enough.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review that the webhook allows.</param>
    /// <param name="sibling">The other mutator, which edits the object and must change nothing in its own result. Default: adds a label, and a container where one may be added. Holds for validating webhooks, which are called once.</param>
    /// <param name="webhook">The webhook. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends after the last try.</returns>
    /// <exception cref="AdmissionTestException">The property does not hold, and the message has the smallest counterexample. Or the webhook does not allow the review.</exception>
    public static Task EnsureReinvocationSafeAsync(
        this AdmissionTestHost host,
        AdmissionReviewBuilder review,
        Action<JsonObject>? sibling = null,
        string? webhook = null,
        CancellationToken cancellationToken = default) =>
        RunAllowedAsync(
            "The webhook does not get along with another mutator.",
            NotNull(review),
            [review],
            TargetOf(host, webhook, cancellationToken),
            target => ReinvocationCheck.Of(target, sibling));

    /// <summary>Checks that fields that no model knows stay in place, also on list elements. A newer API server may send such fields.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review that the webhook allows.</param>
    /// <param name="webhook">The webhook. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends after the last try.</returns>
    /// <exception cref="AdmissionTestException">The property does not hold, and the message has the smallest counterexample. Or the webhook does not allow the review.</exception>
    public static Task EnsureKeepsUnknownFieldsAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default) =>
        RunAllowedAsync(
            "The webhook does not keep fields that its model does not know.",
            NotNull(review),
            [review],
            TargetOf(host, webhook, cancellationToken),
            UnknownFieldsCheck.Of);

    /// <summary>Checks that the deletion of the review's object is decided without a patch, which the API server refuses on DELETE. Holds for webhooks that are not registered for DELETE of the object's resource, and for what is never deleted, such as a connection.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review of any operation. The review's object is deleted.</param>
    /// <param name="webhook">The webhook. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends after the last try.</returns>
    /// <exception cref="AdmissionTestException">The property does not hold. The message has the smallest counterexample.</exception>
    public static Task EnsureNoPatchOnDeleteAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default) =>
        NotNull(review).AsDelete() is { } deletion
            ? RunAsync("The webhook does harm on DELETE.", [deletion], DeleteCheck.Of(TargetOf(host, webhook, cancellationToken)))
            : Task.CompletedTask;

    /// <summary>Checks that a dry run has the same outcome as the real request, and no side effects, so that <c>kubectl diff</c> is right. Holds for connections, which cannot be a dry run.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review.</param>
    /// <param name="probe">Looks at the outside world, such as the number of calls that a fake got; compared with <see cref="object.Equals(object, object)"/>. Default: no probe.</param>
    /// <param name="webhook">The webhook. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends after the last try.</returns>
    /// <exception cref="AdmissionTestException">The property does not hold. The message has the smallest counterexample.</exception>
    public static Task EnsureDryRunDecidesTheSameAsync(
        this AdmissionTestHost host,
        AdmissionReviewBuilder review,
        Func<object?>? probe = null,
        string? webhook = null,
        CancellationToken cancellationToken = default) =>
        RunAsync("The webhook's dry run is not what it should be.", [NotNull(review)], DryRunCheck.Of(TargetOf(host, webhook, cancellationToken), probe));

    /// <summary>Checks that the same review gets the same response, sent again and sent several times at once.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review.</param>
    /// <param name="webhook">The webhook. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends after the last try.</returns>
    /// <exception cref="AdmissionTestException">The property does not hold. The message has the smallest counterexample.</exception>
    public static Task EnsureDeterministicAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default) =>
        RunAsync("The webhook is not deterministic.", [NotNull(review)], DeterminismCheck.Of(TargetOf(host, webhook, cancellationToken)));

    /// <summary>
    /// Checks that the webhook decides with every field of the object absent, null and empty, one field at a time. A mutating webhook sees objects before they are
    /// validated, so that even what Kubernetes requires may be missing.
    /// </summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review whose object should have every field that the webhook looks at.</param>
    /// <param name="required">JSON pointers of fields that need not be missing, such as <c>/spec/containers</c>; <c>*</c> stands for one segment. Default: none.</param>
    /// <param name="webhook">The webhook. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends after the last try.</returns>
    /// <exception cref="AdmissionTestException">The property does not hold. The message has the smallest counterexample.</exception>
    public static Task EnsureSurvivesMissingFieldsAsync(
        this AdmissionTestHost host,
        AdmissionReviewBuilder review,
        IReadOnlyList<string>? required = null,
        string? webhook = null,
        CancellationToken cancellationToken = default)
    {
        var fields = new RequiredFields(required);
        return RunAsync(
            "The webhook does not survive a missing field.",
            FieldVariants.Of(NotNull(review), fields),
            SurvivalCheck.Of(TargetOf(host, webhook, cancellationToken)),
            new Shrinker(fields));
    }

    /// <summary>Checks that the webhook decides on an object as large as users can send: 3 MiB, the API server's limit for a request.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review. Annotations, and field owners beyond 128,000 bytes, are added to the review's object.</param>
    /// <param name="webhook">The webhook. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends after the last try.</returns>
    /// <exception cref="AdmissionTestException">The property does not hold. The message has the smallest size that fails.</exception>
    public static Task EnsureSurvivesLargeObjectsAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default) =>
        host.EnsureSurvivesLargeObjectsAsync(review, LargeObject, webhook, cancellationToken);

    /// <summary>Checks that the webhook decides on an object of a size.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review. Annotations, and field owners beyond 128,000 bytes, are added to the review's object.</param>
    /// <param name="bytes">The number of bytes to add.</param>
    /// <param name="webhook">The webhook. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends after the last try.</returns>
    /// <exception cref="AdmissionTestException">The property does not hold. The message has the smallest size that fails.</exception>
    public static Task EnsureSurvivesLargeObjectsAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, int bytes, string? webhook = null, CancellationToken cancellationToken = default) =>
        LargeObjectCheck.RunAsync(TargetOf(host, webhook, cancellationToken), NotNull(review), bytes);

    /// <summary>Checks that the webhook decides within its timeout, on the application's <see cref="TimeProvider"/>: real time unless the test registered another provider.</summary>
    /// <param name="host">The application. A host made from a client does not work here.</param>
    /// <param name="review">A review.</param>
    /// <param name="webhook">The webhook. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends after the last try.</returns>
    /// <exception cref="AdmissionTestException">The property does not hold. The message has a small counterexample.</exception>
    public static Task EnsureInTimeAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default) =>
        RunAsync("The webhook does not finish in time.", [NotNull(review)], TimeCheck.Of(TargetOf(host, webhook, cancellationToken)), new Shrinker(new([]), FewTries));

    /// <summary>Checks all properties of this class, one after the other, with their defaults.</summary>
    /// <param name="host">The application. A host made from a client does not work here.</param>
    /// <param name="review">A review that the webhook allows.</param>
    /// <param name="required">The required fields, as in <see cref="EnsureSurvivesMissingFieldsAsync"/>.</param>
    /// <param name="webhook">The webhook. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends after the last try.</returns>
    /// <exception cref="AdmissionTestException">A property does not hold. The message has the smallest counterexample.</exception>
    public static async Task EnsureWellBehavedAsync(
        this AdmissionTestHost host,
        AdmissionReviewBuilder review,
        IReadOnlyList<string>? required = null,
        string? webhook = null,
        CancellationToken cancellationToken = default)
    {
        await host.EnsureInTimeAsync(review, webhook, cancellationToken);
        await host.EnsureSurvivesMissingFieldsAsync(review, required, webhook, cancellationToken);
        await host.EnsureSurvivesLargeObjectsAsync(review, webhook, cancellationToken);
        await host.EnsureNoPatchOnDeleteAsync(review, webhook, cancellationToken);
        await host.EnsureDeterministicAsync(review, webhook, cancellationToken);
        await host.EnsureDryRunDecidesTheSameAsync(review, probe: null, webhook, cancellationToken);
        await host.EnsureKeepsUnknownFieldsAsync(review, webhook, cancellationToken);
        await host.EnsureIdempotentAsync(review, webhook, cancellationToken);
        await host.EnsureReinvocationSafeAsync(review, sibling: null, webhook, cancellationToken);
    }

    // A review that is not allowed would make the test green for every webhook, because these properties look at allowed reviews only.
    private static async Task RunAllowedAsync(
        string complaint, AdmissionReviewBuilder review, IEnumerable<AdmissionReviewBuilder> variants, Target target, Func<Target, PropertyCheck> check)
    {
        var outcome = await target.SendAsync(review);
        if (!outcome.Allowed)
        {
            throw new AdmissionTestException($"The property can only be tried on a review that the webhook allows. {outcome}", outcome.Review);
        }

        await RunAsync(complaint, variants, check(target));
    }

    private static Task RunAsync(string complaint, IEnumerable<AdmissionReviewBuilder> reviews, PropertyCheck check, Shrinker? shrinker = null) =>
        PropertyRunner.RunAsync(complaint, reviews, check, shrinker ?? new Shrinker(new([])));

    private static Target TargetOf(AdmissionTestHost host, string? webhook, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new(host, webhook, cancellationToken);
    }

    private static AdmissionReviewBuilder NotNull(AdmissionReviewBuilder review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return review;
    }
}
