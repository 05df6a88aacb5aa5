using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation;

/// <summary>What the user of the API server gets, and what happened on the way.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SimulatedResponse
{
    private readonly JsonObject? _object;

    internal SimulatedResponse(int statusCode, JsonObject? body, JsonObject? status, RequestScope scope)
    {
        StatusCode = statusCode;
        _object = body;
        Status = status;
        Warnings = scope.Warnings.Written;
        DroppedWarnings = scope.Warnings.Dropped;
        AuditAnnotations = scope.Audit.Annotations;
        DroppedAuditAnnotations = scope.Audit.Dropped;
        Trace = scope.Trace;
        Elapsed = scope.Elapsed;
    }

    /// <summary>The HTTP status. A denial's code is kept as the webhook sent it, if 400 or above; otherwise it is 400.</summary>
    public int StatusCode { get; }

    /// <summary>Whether the request went through.</summary>
    public bool IsSuccess => StatusCode < 400;

    /// <summary>The Status: of the failure, or of a success that has no object. Null otherwise.</summary>
    public JsonObject? Status { get; }

    /// <summary>The Status' message; empty without one.</summary>
    public string Message => Status.Text("message");

    /// <summary>The warnings that reach the client, in order: without duplicates, cut as the API server cuts them.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The warnings that the client never sees: those with a control character, and those beyond 4096 characters in all.</summary>
    public IReadOnlyList<string> DroppedWarnings { get; }

    /// <summary>The audit annotations, the webhooks' own (<c>webhook/key</c>) and those the API server makes.</summary>
    public IReadOnlyDictionary<string, string> AuditAnnotations { get; }

    /// <summary>The keys the API server drops: malformed ones, and a second value for a key.</summary>
    public IReadOnlyList<string> DroppedAuditAnnotations { get; }

    /// <summary>Every webhook of every round, called or not, in order.</summary>
    public IReadOnlyList<WebhookCall> Trace { get; }

    /// <summary>The webhooks that were really called, in order.</summary>
    public IEnumerable<WebhookCall> Calls => Trace.Where(call => call.WasCalled);

    /// <summary>The virtual time the request took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The <c>Retry-After</c> header of a failure whose details say retryAfterSeconds; null without one.</summary>
    public TimeSpan? RetryAfter =>
        (Status?["details"] as JsonObject).Number("retryAfterSeconds") is > 0 and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>What kubectl prints for a failure, less the file name it may put before the message; null for a success.</summary>
    public string? KubectlOutput => IsSuccess || Status is null ? null : KubectlLine.Format(Status);

    /// <summary>Gets the object as admission leaves it.</summary>
    /// <returns>A copy of its own.</returns>
    /// <exception cref="InvalidOperationException">There is not an object: the request failed, or its response is a <see cref="Status"/>.</exception>
    public JsonObject GetObject() => ObjectOrThrow().Clone();

    /// <summary>Gets the object as admission leaves it, as a model.</summary>
    /// <typeparam name="T">The model, such as <c>V1Pod</c>.</typeparam>
    /// <returns>The object.</returns>
    /// <exception cref="InvalidOperationException">There is not an object: the request failed, or its response is a <see cref="Status"/>.</exception>
    /// <exception cref="System.Text.Json.JsonException">The object does not fit the model.</exception>
    public T GetObject<T>() => AdmissionJson.Deserialize<T>(ObjectOrThrow().ToJsonString());

    /// <summary>Fails a test whose request should have gone through.</summary>
    /// <returns>This response.</returns>
    /// <exception cref="AdmissionTestException">The request failed; the message has what kubectl prints, and the trace.</exception>
    public SimulatedResponse EnsureSuccess() => IsSuccess ? this : throw Unexpected("gone through");

    /// <summary>Fails a test whose request a webhook should have denied.</summary>
    /// <returns>This response.</returns>
    /// <exception cref="AdmissionTestException">It went through, or failed otherwise; the message has what kubectl prints, and the trace.</exception>
    public SimulatedResponse EnsureDenied() =>
        !IsSuccess && Trace.Any(call => call.Outcome == WebhookOutcome.Rejected) ? this : throw Unexpected("been denied by a webhook");

    /// <summary>The outcome and the trace, for a failure message.</summary>
    /// <returns>Several lines of text.</returns>
    public override string ToString() =>
        string.Join(Environment.NewLine, [$"{StatusCode} {Message}".TrimEnd(), .. Trace.Select(call => $"  {call}")]);

    private JsonObject ObjectOrThrow() => _object ?? throw new InvalidOperationException($"The response does not hold an object: {this}");

    private AdmissionTestException Unexpected(string wish)
    {
        var review = Trace.LastOrDefault(call => call.WasCalled)?.Review ?? "";
        var lines = new[] { $"The request should have {wish}. It was answered with {this}" }.Concat(KubectlOutput is { } line ? ["kubectl prints:", $"  {line}"] : []);
        return new AdmissionTestException(string.Join(Environment.NewLine, lines), Encoding.UTF8.GetBytes(review));
    }
}
