using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Reviews;

namespace AdmissionSdk.Testing.Outcomes;

/// <summary>Writes an outcome for people: what was sent, what came back, what the patch changes.</summary>
internal static class OutcomeText
{
    private const int MaxReviewLength = 6_000;

    public static string Summary(AdmissionOutcome outcome) => outcome.Decision switch
    {
        AdmissionDecision.Allow => outcome.HasPatch ? "allowed, with a patch" : "allowed, without a patch",
        AdmissionDecision.Deny => $"denied with {outcome.Code} {outcome.Reason}".TrimEnd() + $": {outcome.Message ?? "(no message)"}",
        _ => $"failed: {outcome.Failure}",
    };

    public static string Full(AdmissionOutcome outcome)
    {
        var text = new StringBuilder();
        text.AppendLine($"The review was {Summary(outcome)}");
        text.AppendLine();
        text.AppendLine($"Sent to {outcome.Exchange.Webhook} (POST {outcome.Exchange.Url}):");
        text.AppendLine($"  {Describe(outcome.Review)}");
        text.AppendLine();
        text.AppendLine($"Came back (HTTP {outcome.StatusCode}, {outcome.Exchange.ContentType ?? "no content type"}):");
        AppendResponse(text, outcome);
        if (outcome.HasPatch)
        {
            text.AppendLine();
            text.AppendLine("The patch changes:");
            AppendLines(text, Changes(outcome));
        }

        text.AppendLine();
        AppendReview(text, outcome.Review);
        return text.ToString().TrimEnd();
    }

    /// <summary>The review to send again, on one line.</summary>
    public static void AppendReview(StringBuilder text, ReadOnlyMemory<byte> review)
    {
        text.AppendLine("To send the review again, give this text to AdmissionReviewBuilder.FromReview:");
        text.AppendLine(Clip(Encoding.UTF8.GetString(review.Span).TrimEnd('\n')));
    }

    public static string Clip(string json) => json.Length <= MaxReviewLength
        ? json
        : string.Create(CultureInfo.InvariantCulture, $"{json[..MaxReviewLength]}… ({json.Length - MaxReviewLength} more characters; the exception's Review has them all)");

    public static string Describe(ReadOnlyMemory<byte> review)
    {
        try
        {
            return ReviewDescription.Of(JsonNode.Parse(review.Span, documentOptions: new JsonDocumentOptions { MaxDepth = 10_100 }) as JsonObject);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // Broken JSON, text that is not UTF-8, or a repeated member.
            return $"{review.Length} bytes that cannot be read as a review";
        }
    }

    private static IEnumerable<string> Changes(AdmissionOutcome outcome) =>
        outcome.SentObject is not null && outcome.ResultObject is not null
            ? ObjectDiff.Lines(JsonNode.Parse(outcome.SentObject), JsonNode.Parse(outcome.ResultObject))
            : [$"it does not apply: {outcome.PatchJson}"];

    private static void AppendResponse(StringBuilder text, AdmissionOutcome outcome)
    {
        text.AppendLine($"  {Summary(outcome)}");
        AppendLines(text, outcome.Causes.Select(cause => $"cause: {cause.Field}: {cause.Message} ({cause.Reason})"));
        AppendLines(text, outcome.Warnings.Select(warning => $"warning: {warning}"));
        AppendLines(text, outcome.AuditAnnotations.Select(annotation => $"audit annotation: {annotation.Key}={annotation.Value}"));
    }

    private static void AppendLines(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.AppendLine($"  {line}");
        }
    }
}
