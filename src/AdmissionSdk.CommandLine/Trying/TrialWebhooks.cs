using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Trying;

/// <summary>Finds the webhooks of a trial: the one that was named, else those whose rules take the review, mutating webhooks first.</summary>
internal static class TrialWebhooks
{
    private const string Any = "*";

    /// <exception cref="CommandException">The application does not have the named webhook, or none takes the review.</exception>
    public static IReadOnlyList<WebhookDescriptor> Find(WebhookRegistry registry, string? name, TrialReview review)
    {
        if (name is not null)
        {
            return registry.Webhooks.FirstOrDefault(webhook => webhook.Name == name || webhook.Path == name) is { } named
                ? [named]
                : throw new CommandException($"the application has no webhook {name}: it has {string.Join(", ", registry.Webhooks.Select(webhook => webhook.Name))}.");
        }

        List<WebhookDescriptor> found =
            [.. registry.Webhooks.Where(webhook => webhook.Handlers.Any(handler => Takes(handler, review))).OrderBy(webhook => webhook.Type).ThenBy(webhook => webhook.Order)];
        return found.Count > 0
            ? found
            : throw new CommandException($"no webhook takes {review.Operation} of {Describe(review)}: name one of {string.Join(", ", registry.Webhooks.Select(webhook => webhook.Name))} to ask it all the same.");
    }

    // Selectors and match conditions are the API server's business; `check` judges them.
    private static bool Takes(HandlerDescriptor handler, TrialReview review) =>
        Enum.TryParse<Operations>(review.Operation, ignoreCase: true, out var operation) && handler.Operations.HasFlag(operation)
        && handler.Resources.Any(wanted => Matches(wanted.Group, review.Resource.Group) && Matches(wanted.Version, review.Resource.Version)
            && Matches(wanted.Resource, review.Resource.Resource) && Matches(wanted.Subresource, review.Subresource));

    private static bool Matches(string pattern, string value) => pattern == Any || pattern == value;

    private static string Describe(TrialReview review)
    {
        var resource = review.Resource.Group.Length > 0 ? $"{review.Resource.Group}/{review.Resource.Version}/{review.Resource.Resource}" : $"{review.Resource.Version}/{review.Resource.Resource}";
        return review.Subresource.Length > 0 ? $"{resource}/{review.Subresource}" : resource;
    }
}
