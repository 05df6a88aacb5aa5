using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Trying;

/// <summary>Sends one review through webhooks, one after the other, and prints what each says and what the object becomes.</summary>
internal sealed class Trial(ManifestWebhookCaller caller, TextWriter output)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, MaxDepth = 1000, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool _denied;
    private bool _failed;

    /// <returns>Deny if a webhook denied, Fail if one could not decide, else Allow.</returns>
    public async Task<AdmissionDecision> RunAsync(IReadOnlyList<WebhookDescriptor> webhooks, TrialReview review, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(SafeText.ToLine(review.Description));
        var before = review.Object;
        foreach (var webhook in webhooks)
        {
            await output.WriteLineAsync($"\n{webhook.Name} at {webhook.Path}");
            var verdict = await caller.CallAsync(webhook.Name, webhook.Path, review.Bytes, cancellationToken);
            Write(verdict);
            if (verdict is { Allowed: true, Patch.Operations.Count: > 0 } && review.Object is { } received)
            {
                review = review.WithObject(DeepJson.ParseObject(verdict.Patch.Apply(DeepJson.Serialize(received))));
            }

            if (!verdict.Allowed && webhook.Type == WebhookType.Mutating)
            {
                break; // the API server asks nobody else
            }
        }

        if (before is not null && !_denied && !_failed)
        {
            WriteDiff(before, review.Object!);
        }

        return _denied ? AdmissionDecision.Deny : _failed ? AdmissionDecision.Fail : AdmissionDecision.Allow;
    }

    private void Write(ReviewVerdict verdict)
    {
        if (verdict.Failure is { } failure)
        {
            _failed = true;
            output.WriteLine($"  failed: {SafeText.JoinLines(failure)}");
            return;
        }

        _denied |= !verdict.Allowed;
        output.WriteLine(verdict.Allowed ? "  allowed" : $"  denied ({verdict.Code}): {SafeText.ToLine(verdict.Message)}");
        foreach (var warning in verdict.Warnings)
        {
            output.WriteLine($"  warning: {SafeText.ToLine(warning)}");
        }

        foreach (var (key, value) in verdict.AuditAnnotations)
        {
            output.WriteLine($"  audit: {SafeText.ToLine($"{key}={value}")}");
        }

        foreach (var operation in verdict.Patch?.Operations ?? [])
        {
            output.WriteLine($"  patch: {SafeText.ToLine($"{operation.Op} {operation.Path}{(operation.Value is { } value ? $" = {value.GetRawText()}" : "")}")}");
        }
    }

    private void WriteDiff(JsonObject before, JsonObject after)
    {
        var (old, now) = (Format(before), Format(after));
        if (old != now)
        {
            output.WriteLine();
            LineDiff.Write("object", old, now, output);
        }
    }

    private static string Format(JsonObject json) => JsonFormatter.Format(Indented, writer => json.WriteTo(writer)) + "\n";
}
