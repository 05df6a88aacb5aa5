using AdmissionSdk;
using AdmissionSdk.Cluster;
using AdmissionSdk.CommandLine.Reports;
using ImageRegistryWebhook.Observability;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;
using ImageRegistryWebhook.Reloading;

namespace ImageRegistryWebhook.Admission;

/// <summary>Decides about the images of a review, and asks the cluster and registries for what the policy needs.</summary>
internal sealed partial class ImageReviewer(
    LivePolicy policy, IRegistryLookup registries, WebhookMetrics metrics, ILogger<ImageReviewer> logger, INamespaceLookup? namespaces = null)
{
    /// <summary>Decides about images.</summary>
    /// <param name="context">The review.</param>
    /// <param name="fields">The images. Without images nothing is asked, so that an update without a new image depends on nothing.</param>
    /// <param name="podLabels">The labels of the pod or the pod template.</param>
    /// <param name="pins">
    /// True to ask registries for digests, which are then written into the pod. The guard does not ask: to the guard an image without a digest is an image
    /// that the mutator did not pin, and the denial does not depend on the digest.
    /// </param>
    /// <param name="cancellationToken">The token of the handler.</param>
    public async ValueTask<ImageReview> ReviewAsync(
        AdmissionContext context, IReadOnlyList<ImageField> fields, IDictionary<string, string>? podLabels, bool pins, CancellationToken cancellationToken)
    {
        var engine = policy.Current;
        var about = new ImageContext("")
        {
            Namespace = context.Namespace.Length == 0 ? null : context.Namespace,
            NamespaceLabels = fields.Count > 0 && engine.NeedsNamespaceLabels ? await LabelsAsync(context.Namespace, cancellationToken) : null,
            PodLabels = podLabels is null ? [] : new Dictionary<string, string>(podLabels, StringComparer.Ordinal),
            User = context.User.Username,
        };

        // All at once, since the pod waits for the slowest registry.
        List<Task<ImageDecision>> underWay = new(fields.Count);
        foreach (var field in fields)
        {
            cancellationToken.ThrowIfCancellationRequested();
            underWay.Add(DecideAsync(engine, about, field, pins, cancellationToken));
        }

        var decisions = await Task.WhenAll(underWay);
        foreach (var decision in decisions)
        {
            metrics.Decided(context.Webhook, decision.Rule, decision.Action);
        }

        return new ImageReview(engine, about, [.. fields.Zip(decisions, (field, decision) => new JudgedImage(field, decision))]);
    }

    private async Task<ImageDecision> DecideAsync(PolicyEngine engine, ImageContext about, ImageField field, bool pins, CancellationToken cancellationToken)
    {
        var image = about with { Image = field.Image, Container = field.Container, Facts = RegistryFacts.Unasked };
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<string>? trace = logger.IsEnabled(LogLevel.Debug) ? [] : null;
            var decision = engine.Decide(image, trace);
            if (decision.Question is not { } question)
            {
                if (trace is not null)
                {
                    LogDecision(field.Path, SafeText.ToLine(string.Join("; ", trace)));
                }

                return decision;
            }

            image = image with
            {
                Facts = question.Kind == RegistryQuestionKind.Digest && !pins
                    ? image.Facts with { DigestAsked = true }
                    : await registries.LookUpAsync(question, image.Facts, cancellationToken),
            };
        }
    }

    // Null, not empty, if the labels are not known: rules that need the labels are then not decided.
    private async ValueTask<IReadOnlyDictionary<string, string>?> LabelsAsync(string @namespace, CancellationToken cancellationToken) =>
        namespaces is null || @namespace.Length == 0 ? null : (await namespaces.GetAsync(@namespace, cancellationToken)).Value?.Labels;

    [LoggerMessage(20, LogLevel.Debug, "{Field}: {Steps}.")]
    private partial void LogDecision(string field, string steps);
}
