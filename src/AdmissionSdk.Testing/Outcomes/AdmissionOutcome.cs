using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Patching;
using AdmissionSdk.Testing.Outcomes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing;

/// <summary>The outcome of one review, read from the response as strictly as the API server reads responses.</summary>
[DebuggerDisplay("{Summary,nq}")]
public sealed class AdmissionOutcome
{
    private readonly Exchange _exchange;
    private readonly AdmissionJson _json;
    private readonly Verdict _verdict;
    private IReadOnlyList<JsonPatchOperation>? _patch;
    private string? _body;

    internal AdmissionOutcome(Exchange exchange, AdmissionJson json)
    {
        _exchange = exchange;
        _json = json;
        _verdict = VerdictReader.Read(exchange);
    }

    /// <summary>The decision: Allow, Deny or Fail. A response that the API server would refuse, or leave to failurePolicy, is a Fail.</summary>
    public AdmissionDecision Decision => _verdict.Decision;

    /// <summary>True if the request may go on.</summary>
    public bool Allowed => Decision == AdmissionDecision.Allow;

    /// <summary>The status of the HTTP response: 200 for every review that the webhook decided. <see cref="Code"/> is inside the response.</summary>
    public int StatusCode => _exchange.StatusCode;

    /// <summary>The code that the user's client gets on a denial, such as 403; zero otherwise. <see cref="StatusCode"/> is that of the HTTP response, and 200 on a denial.</summary>
    public int Code => _verdict.Code;

    /// <summary>The machine-readable reason of a denial; null otherwise, or without a reason.</summary>
    public string? Reason => _verdict.Reason;

    /// <summary>The message that the user reads after <c>admission webhook "name" denied the request: </c>; null without a message.</summary>
    public string? Message => _verdict.Message;

    /// <summary>The cause of a Fail, in one line: the text of an HTTP error, or the API server's objection to the response; null otherwise.</summary>
    public string? Failure => _verdict.Failure;

    /// <summary>The fields at fault; empty without field errors.</summary>
    public IReadOnlyList<FieldError> Causes => _verdict.Causes;

    /// <summary>The warnings for the user, as sent.</summary>
    public IReadOnlyList<string> Warnings => _verdict.Warnings;

    /// <summary>The audit annotations, as sent: without the webhook's name, which the API server puts in front.</summary>
    public IReadOnlyDictionary<string, string> AuditAnnotations => _verdict.AuditAnnotations;

    /// <summary>True if the response has a patch.</summary>
    public bool HasPatch => _verdict.Patch is not null;

    /// <summary>The patch's operations; empty when nothing changes.</summary>
    /// <exception cref="AdmissionTestException">The response's patch is not a JSON patch. The message says why.</exception>
    public IReadOnlyList<JsonPatchOperation> Patch => _patch ??= PatchJson is null ? [] : ParsePatch(PatchJson);

    /// <summary>The patch as JSON, byte for byte as sent; null when nothing changes.</summary>
    public string? PatchJson => _verdict.Patch;

    /// <summary>The review that was sent.</summary>
    public ReadOnlyMemory<byte> Review => _exchange.Review;

    /// <summary>The body that came back, as text.</summary>
    public string Body => _body ??= Encoding.UTF8.GetString(_exchange.Body);

    internal string Summary => OutcomeText.Summary(this);

    internal Exchange Exchange => _exchange;

    internal string? SentObject => _verdict.SentObject;

    internal string? ResultObject => _verdict.ResultObject;

    /// <summary>Gets the object as the webhook leaves it: the sent object, with the patch applied as the API server applies patches.</summary>
    /// <returns>A copy of its own.</returns>
    /// <exception cref="InvalidOperationException">The review carries no object (DELETE), or was not allowed.</exception>
    public JsonObject GetObject() => TestObjectReader.Parse(ResultOrThrow());

    /// <summary>Gets the object as the webhook leaves it, as a model, read with the <see cref="AdmissionJson"/> of the host's application.</summary>
    /// <remarks>The outcome of a host without services, and a recorded outcome, are read with <see cref="AdmissionJson.Default"/>.</remarks>
    /// <typeparam name="T">The model, such as <c>V1Pod</c>.</typeparam>
    /// <returns>The object.</returns>
    /// <exception cref="InvalidOperationException">The review carries no object (DELETE), or was not allowed.</exception>
    /// <exception cref="System.Text.Json.JsonException">The object does not fit the model.</exception>
    public T GetObject<T>() => _json.Deserialize<T>(ResultOrThrow());

    /// <summary>Fails the test if the request was not allowed.</summary>
    /// <returns>The same outcome.</returns>
    /// <exception cref="AdmissionTestException">The request was denied, or failed.</exception>
    public AdmissionOutcome EnsureAllowed() => Ensure(AdmissionDecision.Allow, "allowed");

    /// <summary>Fails the test if the request was not denied.</summary>
    /// <returns>The same outcome.</returns>
    /// <exception cref="AdmissionTestException">The request was allowed, or failed.</exception>
    public AdmissionOutcome EnsureDenied() => Ensure(AdmissionDecision.Deny, "denied");

    /// <summary>Fails the test if the webhook decided: on a failure failurePolicy decides.</summary>
    /// <returns>The same outcome.</returns>
    /// <exception cref="AdmissionTestException">The request was allowed or denied.</exception>
    public AdmissionOutcome EnsureFailed() => Ensure(AdmissionDecision.Fail, "failed");

    /// <summary>Describes the review, the response and the patch's changes.</summary>
    /// <returns>Lines of text.</returns>
    public override string ToString() => OutcomeText.Full(this);

    private AdmissionOutcome Ensure(AdmissionDecision expected, string word) => Decision == expected
        ? this
        : throw new AdmissionTestException($"The review should have been {word}. {ToString()}", Review);

    private IReadOnlyList<JsonPatchOperation> ParsePatch(string json)
    {
        try
        {
            return JsonPatch.Parse(Encoding.UTF8.GetBytes(json)).Operations;
        }
        catch (JsonPatchException exception)
        {
            throw new AdmissionTestException($"The operations of the response's patch cannot be read, {exception.Message}. {ToString()}", Review, exception);
        }
    }

    private string ResultOrThrow() => _verdict.ResultObject
        ?? throw new InvalidOperationException($"The outcome does not hold an object. {ToString()}");
}
