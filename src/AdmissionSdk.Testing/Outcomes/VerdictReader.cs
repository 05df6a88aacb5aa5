using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Patching;
using AdmissionSdk.Testing.Rules.Responses;

namespace AdmissionSdk.Testing.Outcomes;

/// <summary>Reads a response with the API server's own checks, in the server's order: status, envelope, allowed, patch (contract 9 to 12).</summary>
internal static class VerdictReader
{
    public static Verdict Read(Exchange exchange)
    {
        var sent = SentReview.Read(exchange.Review);
        if (exchange.StatusCode is < 200 or > 206)
        {
            return Failed(sent, FirstLine(exchange));
        }

        try
        {
            var response = WebhookResponseReader.Read(exchange.Body, sent.Version, sent.Uid, exchange.IsMutating);
            var verdict = response.Allowed ? Allow(sent, response) : Deny(sent, response);
            return verdict with { Warnings = response.Warnings, AuditAnnotations = response.AuditAnnotations };
        }
        catch (CallFailedException exception)
        {
            return Failed(sent, exception.Message);
        }
    }

    private static Verdict Failed(SentReview sent, string failure) => new()
    {
        Decision = AdmissionDecision.Fail,
        Failure = failure,
        SentObject = sent.Object,
    };

    private static string FirstLine(Exchange exchange)
    {
        var text = Encoding.UTF8.GetString(exchange.Body).Trim();
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return text.Length == 0 ? $"HTTP {exchange.StatusCode} without a text" : end < 0 ? text : text[..end];
    }

    private static Verdict Allow(SentReview sent, WebhookResponse response)
    {
        var patch = Encoding.UTF8.GetString(response.Patch);
        var verdict = new Verdict { Decision = AdmissionDecision.Allow, SentObject = sent.Object, Patch = patch.Length == 0 ? null : patch };
        if (patch.Length == 0)
        {
            return verdict with { ResultObject = sent.Object };
        }

        if (response.PatchType != "JSONPatch")
        {
            return Unpatchable(verdict, $"unsupported patch type \"{response.PatchType}\"");
        }

        try
        {
            var operations = JsonPatchV4.Decode(response.Patch);
            if (sent.Object is null)
            {
                // Contract 5.3.
                return operations.Count == 0
                    ? verdict
                    : Unpatchable(verdict, "the webhook attempted to modify the object, which is not supported for this operation");
            }

            return verdict with { ResultObject = operations.Apply(sent.Object) };
        }
        catch (FormatException exception)
        {
            return Unpatchable(verdict, $"received undecodable patch in webhook response: {exception.Message}");
        }
        catch (PatchFailedException exception)
        {
            // Refused whatever failurePolicy says (contract 11).
            return Unpatchable(verdict, $"the patch does not apply: {exception.Message}");
        }
    }

    private static Verdict Unpatchable(Verdict verdict, string failure) => verdict with { Decision = AdmissionDecision.Fail, Failure = failure };

    private static Verdict Deny(SentReview sent, WebhookResponse response)
    {
        var code = response.Status?["code"]?.GetValue<int>() ?? 0;
        return new Verdict
        {
            Decision = AdmissionDecision.Deny,
            SentObject = sent.Object,
            // Contract 10.2.
            Code = code < 400 ? 400 : code,
            Reason = NullIfEmpty(response.Status.Text("reason")),
            Message = NullIfEmpty(response.Status.Text("message")),
            Causes = [.. (response.Status?["details"]?["causes"] as JsonArray ?? []).OfType<JsonObject>().Select(Cause)],
        };
    }

    private static FieldError Cause(JsonObject cause) =>
        new(OrNone(cause.Text("field")), OrNone(cause.Text("message")), OrNone(cause.Text("reason")));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string OrNone(string text) => string.IsNullOrWhiteSpace(text) ? "(none)" : text;
}
