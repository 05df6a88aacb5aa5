using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation;

/// <summary>The response to a user's request, and the trace of the webhook calls.</summary>
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

    /// <summary>The HTTP status. A denial has the webhook's code if the code is 400 or above, otherwise 400.</summary>
    public int StatusCode { get; }

    /// <summary>True if the request went through.</summary>
    public bool IsSuccess => StatusCode < 400;

    /// <summary>The Status of a failure, or of a success without an object; null otherwise.</summary>
    public JsonObject? Status { get; }

    /// <summary>The Status' message; empty without one.</summary>
    public string Message => Status.Text("message");

    /// <summary>The warnings that reach the client, in order: without duplicates, and cut as by the API server.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The warnings that the client never sees: with a control character, or beyond 4096 characters in all.</summary>
    public IReadOnlyList<string> DroppedWarnings { get; }

    /// <summary>The audit annotations, of the webhooks (<c>webhook/key</c>) and of the API server.</summary>
    public IReadOnlyDictionary<string, string> AuditAnnotations { get; }

    /// <summary>The keys of audit annotations that the API server drops: malformed keys, and keys with a second value.</summary>
    public IReadOnlyList<string> DroppedAuditAnnotations { get; }

    /// <summary>The webhooks of all rounds, called or not, in order.</summary>
    public IReadOnlyList<WebhookCall> Trace { get; }

    /// <summary>The calls of webhooks, in order.</summary>
    public IEnumerable<WebhookCall> Calls => Trace.Where(call => call.WasCalled);

    /// <summary>The virtual time the request took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The <c>Retry-After</c> header of a failure whose details say retryAfterSeconds; null without one.</summary>
    public TimeSpan? RetryAfter =>
        (Status?["details"] as JsonObject).Number("retryAfterSeconds") is > 0 and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>The line that kubectl prints for a failure, without the file name before the message; null for a success.</summary>
    public string? KubectlOutput => IsSuccess || Status is null ? null : KubectlLine.Format(Status);

    /// <summary>Gets the object as admission leaves it.</summary>
    /// <returns>A copy of its own.</returns>
    /// <exception cref="InvalidOperationException">The request failed, or its response is a <see cref="Status"/>.</exception>
    public JsonObject GetObject() => ObjectOrThrow().Clone();

    /// <summary>Gets the object as admission leaves it, as a model.</summary>
    /// <typeparam name="T">The model, such as <c>V1Pod</c>.</typeparam>
    /// <returns>The object.</returns>
    /// <exception cref="InvalidOperationException">The request failed, or its response is a <see cref="Status"/>.</exception>
    /// <exception cref="System.Text.Json.JsonException">The object does not fit the model.</exception>
    public T GetObject<T>() => AdmissionJson.Default.Deserialize<T>(ObjectOrThrow().ToJsonString());

    /// <summary>Fails the test if the request did not go through.</summary>
    /// <returns>The same response.</returns>
    /// <exception cref="AdmissionTestException">The request failed. The message has kubectl's line and the trace.</exception>
    public SimulatedResponse EnsureSuccess() => IsSuccess ? this : throw Unexpected("gone through");

    /// <summary>Fails the test if no webhook denied the request.</summary>
    /// <returns>The same response.</returns>
    /// <exception cref="AdmissionTestException">The request went through, or failed otherwise. The message has kubectl's line and the trace.</exception>
    public SimulatedResponse EnsureDenied() =>
        !IsSuccess && Trace.Any(call => call.Outcome == WebhookOutcome.Rejected) ? this : throw Unexpected("been denied by a webhook");

    /// <summary>Describes the outcome and the trace, for a failure message.</summary>
    /// <returns>Lines of text.</returns>
    public override string ToString() =>
        string.Join(Environment.NewLine, [$"{StatusCode} {Message}".TrimEnd(), .. Trace.Select(call => $"  {call}")]);

    private JsonObject ObjectOrThrow() => _object ?? throw new InvalidOperationException($"The response does not hold an object: {this}");

    private AdmissionTestException Unexpected(string wish)
    {
        var review = Trace.LastOrDefault(call => call.WasCalled)?.Review ?? "";
        var lines = new[] { $"The request should have {wish}. The response was {this}" }.Concat(KubectlOutput is { } line ? ["kubectl prints:", $"  {line}"] : []);
        return new AdmissionTestException(string.Join(Environment.NewLine, lines), Encoding.UTF8.GetBytes(review));
    }
}
