using System.Globalization;
using System.Text;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Patching;
using AdmissionSdk.Registration;
using AdmissionSdk.Reviews;

namespace AdmissionSdk.CommandLine.Explaining;

/// <summary>Runs a review through the webhooks that claim it, and tells handler by handler what happened.</summary>
internal sealed class ReviewExplainer(WebhookRegistry registry, ManifestWebhookCaller caller, GivenObjects given, TextWriter output)
{
    /// <summary>Explains a review.</summary>
    /// <param name="explained">The review.</param>
    /// <param name="only">The webhook to call; null for the recorded one, or else for all that claim the review.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>True if every webhook decided, and whether all allowed.</returns>
    /// <exception cref="CommandException">The review cannot be read, or the webhook does not exist.</exception>
    public async Task<(bool Decided, bool Allowed)> ExplainAsync(ExplainedReview explained, string? only, CancellationToken cancellationToken)
    {
        var request = Read(explained);
        Write($"review {request.Uid}: {request.Operation.Value} {Resource(request)} {request.Namespace}/{request.Name} for {(request.User.Username.Length > 0 ? request.User.Username : "(no user)")}{(request.DryRun ? " (dry run)" : "")}");
        var webhooks = Choose(request, only ?? explained.Webhook);
        if (webhooks.Count == 0)
        {
            Write($"  no webhook has a handler for {request.Operation.Value} {Resource(request)}");
        }

        var (decided, allowed) = (true, true);
        foreach (var webhook in webhooks)
        {
            var verdict = await ExplainAsync(webhook, request, explained, cancellationToken);
            decided &= verdict.Failure is null;
            allowed &= verdict is { Failure: not null } or { Allowed: true };
        }

        return (decided, allowed);
    }

    private static AdmissionRequest Read(ExplainedReview explained)
    {
        try
        {
            return AdmissionReviewReader.Read(explained.Review);
        }
        catch (ReviewReadException exception)
        {
            throw new CommandException($"{explained.Place} holds no AdmissionReview that can be read: {SafeText.ToLine(exception.Message)}.", exception);
        }
    }

    private List<WebhookDescriptor> Choose(AdmissionRequest request, string? name)
    {
        if (name is null)
        {
            // Mutating webhooks come first, and each kind in its order (contract 1.7).
            return [.. registry.Webhooks.Where(webhook => Handlers(webhook, request).Any()).OrderBy(webhook => webhook.Type == WebhookType.Mutating ? 0 : 1).ThenBy(webhook => webhook.Order)];
        }

        return registry.Webhooks.FirstOrDefault(webhook => webhook.Name == name) is { } found
            ? [found]
            : throw new CommandException($"the webhook {SafeText.ToLine(name)} is not registered: pass --webhook with one of {string.Join(", ", registry.Webhooks.Select(webhook => webhook.Name))}.");
    }

    private static IEnumerable<HandlerDescriptor> Handlers(WebhookDescriptor webhook, AdmissionRequest request) =>
        webhook.Handlers.Where(handler => handler.Claims(request.Resource, request.Subresource, request.Operation, request.Namespace));

    private async Task<ReviewVerdict> ExplainAsync(WebhookDescriptor webhook, AdmissionRequest request, ExplainedReview explained, CancellationToken cancellationToken)
    {
        Write($"{webhook.Name} ({webhook.Type.ToString().ToLowerInvariant()}, {webhook.Path}, mode {webhook.Mode}, failurePolicy {webhook.FailurePolicy})");
        var trace = new ChainTrace();
        var verdict = await caller.CallAsync(webhook.Name, webhook.Path, explained.Review, cancellationToken, trace);
        var handlers = Handlers(webhook, request).ToList();
        for (var i = 0; i < handlers.Count; i++)
        {
            if (i < trace.Steps.Count)
            {
                Write(trace.Steps[i], i + 1);
            }
            else
            {
                Write($"  {i + 1}. {handlers[i].Name} ({handlers[i].ObjectType.Name}): not run");
            }
        }

        foreach (var handler in webhook.Handlers.Except(handlers))
        {
            Write($"  -  {handler.Name} ({handler.ObjectType.Name}): is for {handler.Operations} of {string.Join(", ", handler.Resources.Select(Describe))}");
        }

        foreach (var reason in given.TakeUnknown())
        {
            Write($"  look-up: {reason}");
        }

        Write($"  response: {Describe(verdict)}");
        if (explained.Response.Length > 0)
        {
            Write($"  recorded: {Describe(ReviewVerdict.Read(200, explained.Response))}");
        }

        return verdict;
    }

    private void Write(HandlerStep step, int number)
    {
        var result = step switch
        {
            { Exception: { } exception } => $"threw {exception.GetType().Name}: {exception.Message}",
            { Result: null } => "returned null",
            { Result: { Decision: AdmissionDecision.Allow } } => "allowed",
            { Result: { Decision: AdmissionDecision.Deny } denied } => $"denied with {denied.Code} {denied.Reason}: {denied.Message}",
            _ => $"could not decide: {step.Result.Message}",
        };
        Write(string.Create(CultureInfo.InvariantCulture, $"  {number}. {step.Handler.Name} ({step.Handler.ObjectType.Name}): {result} ({step.Elapsed.TotalMilliseconds:0.#} ms)"));
        foreach (var cause in step.Result?.Causes ?? [])
        {
            Write($"       {cause.Field}: {cause.Message}");
        }

        foreach (var warning in step.Warnings)
        {
            Write($"       warned: {warning}");
        }

        foreach (var (key, value) in step.Annotations)
        {
            Write($"       annotated: {key}={value}");
        }

        foreach (var operation in step.Edit.OperationCount == 0 ? [] : JsonPatch.Parse(step.Edit.Json.Span).Operations)
        {
            Write($"       changed: {operation.Op} {FieldPlaces.ToReadable(operation.Path)}{(operation.Value is { } json ? $" = {json.GetRawText()}" : "")}");
        }
    }

    private static string Describe(ReviewVerdict verdict)
    {
        var decision = verdict switch
        {
            { Failure: { } failure } => $"no decision, failurePolicy decides: {failure}",
            { Allowed: false } => $"denied: {verdict.Message}",
            { Patch.Operations.Count: > 0 } => string.Create(CultureInfo.InvariantCulture, $"allowed, with a patch of {verdict.Patch.Operations.Count} operations"),
            _ => "allowed",
        };
        return new StringBuilder(decision).AppendJoin("", verdict.Warnings.Select(warning => $"; warning: {warning}")).ToString();
    }

    private static string Describe(ResourceTarget target) =>
        $"{target.Resource}{(target.Subresource.Length == 0 ? "" : $"/{target.Subresource}")}{(target.Group.Length == 0 ? "" : $".{target.Group}")}";

    private static string Resource(AdmissionRequest request) =>
        request.Subresource.Length == 0 ? request.Resource.ToString() : $"{request.Resource}/{request.Subresource}";

    // The requester wrote most of it.
    private void Write(string line) => output.WriteLine(SafeText.ToLine(line));
}
