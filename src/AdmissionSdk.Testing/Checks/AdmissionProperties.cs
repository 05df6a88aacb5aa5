using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Checks;

namespace AdmissionSdk.Testing;

/// <summary>
/// What every webhook should be, as one line in a test. A failure takes the review apart until nothing more can go, and prints what is left,
/// ready to be sent again.
/// </summary>
public static class AdmissionProperties
{
    private const int LargeObject = 3 * 1024 * 1024;
    private const int FewTries = 20;

    /// <summary>
    /// The webhook finds nothing to change in what it left: the API server may call it again for the same request, and will on the next update
    /// (https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/#idempotent-mutations).
    /// Tried on the review, and with every field absent, null and empty.
    /// </summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review that the webhook allows.</param>
    /// <param name="webhook">The webhook. May be left out when there is only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it has been tried.</returns>
    /// <exception cref="AdmissionTestException">It does not hold; the message has the smallest counterexample. Or the webhook does not allow the review.</exception>
    public static Task EnsureIdempotentAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default) =>
        RunAllowedAsync(
            "The webhook is not idempotent.",
            NotNull(review),
            FieldVariants.Of(review, new([])),
            TargetOf(host, webhook, cancellationToken),
            IdempotencyCheck.Of);

    /// <summary>The webhook and another mutator settle, whoever comes first: neither undoes the other, and one reinvocation is enough.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review that the webhook allows.</param>
    /// <param name="sibling">The other mutator: edits the object, and nothing when run on its own result. Default: adds a label, and a container beside containers.</param>
    /// <param name="webhook">The webhook. May be left out when there is only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it has been tried.</returns>
    /// <exception cref="AdmissionTestException">It does not hold; the message has the smallest counterexample. Or the webhook does not allow the review.</exception>
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
            target => ReinvocationCheck.Of(target, sibling ?? ReinvocationCheck.DefaultSibling));

    /// <summary>Fields that no model knows stay where they are, on the very list element, as those of a newer API server would have to.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review that the webhook allows.</param>
    /// <param name="webhook">The webhook. May be left out when there is only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it has been tried.</returns>
    /// <exception cref="AdmissionTestException">It does not hold; the message has the smallest counterexample. Or the webhook does not allow the review.</exception>
    public static Task EnsureKeepsUnknownFieldsAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default) =>
        RunAllowedAsync(
            "The webhook does not keep fields that its model does not know.",
            NotNull(review),
            [review],
            TargetOf(host, webhook, cancellationToken),
            UnknownFieldsCheck.Of);

    /// <summary>The deletion of the review's object is decided, and without a patch, which the API server refuses there. Holds for webhooks that are not registered for DELETE.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review of any operation; its object is the one that is deleted.</param>
    /// <param name="webhook">The webhook. May be left out when there is only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it has been tried.</returns>
    /// <exception cref="AdmissionTestException">It does not hold; the message has the smallest counterexample.</exception>
    public static Task EnsureNoPatchOnDeleteAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default) =>
        RunAsync("The webhook does harm on DELETE.", [NotNull(review).AsDelete()], DeleteCheck.Of(TargetOf(host, webhook, cancellationToken)));

    /// <summary>A dry run is answered as the real thing is, and has no side effects, so that <c>kubectl diff</c> tells the truth.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">Any review.</param>
    /// <param name="probe">Looks at the outside world, such as the number of calls that a fake got; compared with <see cref="object.Equals(object, object)"/>. Default: nothing is looked at.</param>
    /// <param name="webhook">The webhook. May be left out when there is only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it has been tried.</returns>
    /// <exception cref="AdmissionTestException">It does not hold; the message has the smallest counterexample.</exception>
    public static Task EnsureDryRunDecidesTheSameAsync(
        this AdmissionTestHost host,
        AdmissionReviewBuilder review,
        Func<object?>? probe = null,
        string? webhook = null,
        CancellationToken cancellationToken = default) =>
        RunAsync("The webhook's dry run is not what it should be.", [NotNull(review)], DryRunCheck.Of(TargetOf(host, webhook, cancellationToken), probe));

    /// <summary>The same review gets the same answer, sent again and sent several times at once.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">Any review.</param>
    /// <param name="webhook">The webhook. May be left out when there is only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it has been tried.</returns>
    /// <exception cref="AdmissionTestException">It does not hold; the message has the smallest counterexample.</exception>
    public static Task EnsureDeterministicAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default) =>
        RunAsync("The webhook is not deterministic.", [NotNull(review)], DeterminismCheck.Of(TargetOf(host, webhook, cancellationToken)));

    /// <summary>
    /// The webhook decides with every field of the object absent, null and empty, one at a time. A mutating webhook sees objects before they are
    /// validated, so that even what Kubernetes requires may be missing.
    /// </summary>
    /// <param name="host">The application.</param>
    /// <param name="review">Any review; its object should have every field that the webhook looks at.</param>
    /// <param name="required">JSON pointers of fields that need not be missing, such as <c>/spec/containers</c>; <c>*</c> stands for one segment. Default: none.</param>
    /// <param name="webhook">The webhook. May be left out when there is only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it has been tried.</returns>
    /// <exception cref="AdmissionTestException">It does not hold; the message has the smallest counterexample.</exception>
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

    /// <summary>The webhook decides on an object as large as users can send.</summary>
    /// <param name="host">The application.</param>
    /// <param name="review">A review; annotations are added to its object.</param>
    /// <param name="bytes">How much. Default 3 MiB, the API server's limit for a request.</param>
    /// <param name="webhook">The webhook. May be left out when there is only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it has been tried.</returns>
    /// <exception cref="AdmissionTestException">It does not hold; the message has the smallest size that fails.</exception>
    public static Task EnsureSurvivesLargeObjectsAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, int bytes = LargeObject, string? webhook = null, CancellationToken cancellationToken = default) =>
        LargeObjectCheck.RunAsync(TargetOf(host, webhook, cancellationToken), NotNull(review), bytes);

    /// <summary>The webhook decides within its timeout, on the application's <see cref="TimeProvider"/>: real time unless the test registered another.</summary>
    /// <param name="host">The application. Not one made from a client only.</param>
    /// <param name="review">Any review.</param>
    /// <param name="webhook">The webhook. May be left out when there is only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it has been tried.</returns>
    /// <exception cref="AdmissionTestException">It does not hold; the message has a small counterexample.</exception>
    public static Task EnsureInTimeAsync(
        this AdmissionTestHost host, AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default) =>
        RunAsync("The webhook does not finish in time.", [NotNull(review)], TimeCheck.Of(TargetOf(host, webhook, cancellationToken)), new Shrinker(new([]), FewTries));

    /// <summary>All of the above, one after the other, with their defaults.</summary>
    /// <param name="host">The application. Not one made from a client only.</param>
    /// <param name="review">A review that the webhook allows.</param>
    /// <param name="required">As in <see cref="EnsureSurvivesMissingFieldsAsync"/>.</param>
    /// <param name="webhook">The webhook. May be left out when there is only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When all have been tried.</returns>
    /// <exception cref="AdmissionTestException">One does not hold; the message has the smallest counterexample.</exception>
    public static async Task EnsureWellBehavedAsync(
        this AdmissionTestHost host,
        AdmissionReviewBuilder review,
        IReadOnlyList<string>? required = null,
        string? webhook = null,
        CancellationToken cancellationToken = default)
    {
        await host.EnsureInTimeAsync(review, webhook, cancellationToken);
        await host.EnsureSurvivesMissingFieldsAsync(review, required, webhook, cancellationToken);
        await host.EnsureSurvivesLargeObjectsAsync(review, LargeObject, webhook, cancellationToken);
        await host.EnsureNoPatchOnDeleteAsync(review, webhook, cancellationToken);
        await host.EnsureDeterministicAsync(review, webhook, cancellationToken);
        await host.EnsureDryRunDecidesTheSameAsync(review, probe: null, webhook, cancellationToken);
        await host.EnsureKeepsUnknownFieldsAsync(review, webhook, cancellationToken);
        await host.EnsureIdempotentAsync(review, webhook, cancellationToken);
        await host.EnsureReinvocationSafeAsync(review, sibling: null, webhook, cancellationToken);
    }

    // These say something only about what is let through, so a review that is not would make the test green whatever the webhook does.
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
