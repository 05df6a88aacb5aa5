using System.Text.Json;
using AdmissionSdk.Contexts;
using AdmissionSdk.Reviews;

namespace AdmissionSdk;

/// <summary>Everything the API server says about one admission review, and the place for warnings and audit annotations.</summary>
/// <remarks>
/// A context belongs to its review: once the handler's task has ended, its members that read the review or write to the response throw
/// <see cref="ObjectDisposedException"/>. Everything returned before stays valid. Once the response is due, nobody waits for the handler any more, and
/// the same members throw <see cref="OperationCanceledException"/>: so a handler that forgets its token is cut off at its next look at the review.
/// Members that name the review, such as <see cref="Uid"/> and <see cref="Name"/>, can always be read, for a log line.
/// </remarks>
public abstract class AdmissionContext
{
    private readonly AdmissionCall _call;
    private readonly AdmissionRequest _request;
    private JsonElement? _objectJson;
    private JsonElement? _oldObjectJson;
    private JsonElement? _optionsJson;

    private protected AdmissionContext(AdmissionCall call)
    {
        _call = call;
        _request = call.Request;
    }

    /// <summary>The name of the webhook that was called.</summary>
    public string Webhook => _call.Webhook;

    /// <summary>The id of this one exchange; different for every webhook and every reinvocation, and never the object's uid.</summary>
    public string Uid => _request.Uid;

    /// <summary>The operation that the user asked for.</summary>
    public Operation Operation => _request.Operation;

    /// <summary>True when the object is being deleted, so that <c>object</c> is null on the wire and the context's object is the old one.</summary>
    public bool IsDelete => _request.Operation == Operation.Delete;

    /// <summary>
    /// False when a DELETE came without any object, as aggregated API servers and Kubernetes before 1.15 send it. The context's object then throws
    /// <see cref="UndecodableObjectException"/>, and the rest of the context is there: a handler that needs no object decides by name, namespace and user.
    /// </summary>
    public bool HasObject => !_request.Subject.IsEmpty;

    /// <summary>True when the request is a dry run: decide as always, but leave no side effects.</summary>
    public bool DryRun => _request.DryRun;

    /// <summary>The user whose request is reviewed.</summary>
    /// <exception cref="OperationCanceledException">The response is due.</exception>
    public UserInfo User
    {
        get
        {
            _call.ThrowIfAbandoned();
            return _request.User;
        }
    }

    /// <summary>The kind of the object in this review, converted from <see cref="RequestKind"/> if the webhook is registered for another version.</summary>
    public GroupVersionKind Kind => _request.Kind;

    /// <summary>The resource in this review, converted from <see cref="RequestResource"/> if the webhook is registered for another version.</summary>
    public GroupVersionResource Resource => _request.Resource;

    /// <summary>The subresource, such as <c>scale</c> or <c>ephemeralcontainers</c>; empty for the object itself.</summary>
    public string Subresource => _request.Subresource;

    /// <summary>The kind of the user's own request.</summary>
    public GroupVersionKind RequestKind => _request.RequestKind;

    /// <summary>The resource of the user's own request.</summary>
    public GroupVersionResource RequestResource => _request.RequestResource;

    /// <summary>The subresource of the user's own request.</summary>
    public string RequestSubresource => _request.RequestSubresource;

    /// <summary>The object's name: the request's, else the object's own. Empty while <c>generateName</c> has not made one.</summary>
    public string Name => _request.Name;

    /// <summary>The namespace; empty for cluster-scoped objects. A Namespace has its own name here.</summary>
    public string Namespace => _request.Namespace;

    /// <summary>The services of this review's scope.</summary>
    /// <exception cref="OperationCanceledException">The response is due.</exception>
    public IServiceProvider Services
    {
        get
        {
            _call.ThrowIfAbandoned();
            return _call.Services;
        }
    }

    /// <summary>The <c>object</c> as it came over the wire; undefined (<see cref="JsonValueKind.Undefined"/>) when it was null. Owns its memory.</summary>
    /// <exception cref="UndecodableObjectException">The JSON is nested too deeply to be read.</exception>
    public JsonElement ObjectJson => Read(ref _objectJson, "object", static request => request.Object);

    /// <summary>The <c>oldObject</c> as it came over the wire; undefined (<see cref="JsonValueKind.Undefined"/>) when it was null. Owns its memory.</summary>
    /// <exception cref="UndecodableObjectException">The JSON is nested too deeply to be read.</exception>
    public JsonElement OldObjectJson => Read(ref _oldObjectJson, "oldObject", static request => request.OldObject);

    /// <summary>The <c>options</c> as it came over the wire; undefined (<see cref="JsonValueKind.Undefined"/>) when it was null, as on CONNECT. Owns its memory.</summary>
    /// <exception cref="UndecodableObjectException">The JSON is nested too deeply to be read.</exception>
    public JsonElement OptionsJson => Read(ref _optionsJson, "options", static request => request.Options);

    /// <summary>The operation's options, such as <see cref="Models.CreateOptions"/>, <see cref="Models.UpdateOptions"/> or KubernetesClient's <c>V1DeleteOptions</c>.</summary>
    /// <typeparam name="TOptions">The model that goes with the operation.</typeparam>
    /// <returns>The options, or null when none were sent, as on CONNECT.</returns>
    /// <exception cref="UndecodableObjectException">The options do not fit the model.</exception>
    public TOptions? GetOptions<TOptions>()
        where TOptions : class =>
        Decode<TOptions>("options", static request => request.Options);

    /// <summary>Warns the user: kubectl prints the text, whatever the decision.</summary>
    /// <param name="message">One short sentence, best under 120 characters. Control characters are quoted (<c>\n</c>), and what exceeds 256 characters is cut: the API server would drop or cut it.</param>
    /// <remarks>The warnings of a review have 3,840 characters in all, since the API server takes 4,096 for one request (contract 16.3); the last one says how many are left out.</remarks>
    /// <exception cref="ArgumentException"><paramref name="message"/> is empty.</exception>
    /// <exception cref="ObjectDisposedException">The review has ended.</exception>
    /// <exception cref="OperationCanceledException">The response is due.</exception>
    public void Warn(string message) => _call.Warn(message);

    /// <summary>Adds an annotation to the API server's audit log, as <c>webhook-name/key</c>, whatever the decision.</summary>
    /// <param name="key">1 to 63 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>, with a letter or digit at both ends.</param>
    /// <param name="value">Free text of one line: control characters are quoted, and what exceeds 1,024 characters is cut. The same review reinvoked should give the same value: the API server keeps the first.</param>
    /// <remarks>A review has at most 64 annotations; of more, their number is in <c>annotations-left-out</c>.</remarks>
    /// <exception cref="ArgumentException"><paramref name="key"/> is not a valid key: the API server would drop the annotation silently.</exception>
    /// <exception cref="ObjectDisposedException">The review has ended.</exception>
    /// <exception cref="OperationCanceledException">The response is due.</exception>
    public void Annotate(string key, string value) => _call.Annotate(key, value);

    /// <summary>Copies the warnings so far, of all handlers behind this webhook.</summary>
    /// <returns>The texts as the API server gets them.</returns>
    /// <exception cref="ObjectDisposedException">The review has ended.</exception>
    /// <exception cref="OperationCanceledException">The response is due.</exception>
    public IReadOnlyList<string> GetWarnings() => _call.ReadNotes().Warnings;

    /// <summary>Copies the audit annotations so far, of all handlers behind this webhook.</summary>
    /// <returns>The annotations by key, without the webhook's name.</returns>
    /// <exception cref="ObjectDisposedException">The review has ended.</exception>
    /// <exception cref="OperationCanceledException">The response is due.</exception>
    public IReadOnlyDictionary<string, string> GetAuditAnnotations() => _call.ReadNotes().Annotations;

    private protected AdmissionCall Call => _call;

    private protected static UndecodableObjectException NoObject(Type type) => new("oldObject", type, "the API server sent no object; see HasObject");

    private protected TValue? Decode<TValue>(string member, Func<AdmissionRequest, ReadOnlyMemory<byte>> slice)
        where TValue : class =>
        _call.WhileActive(request =>
        {
            var json = slice(request);
            return json.IsEmpty ? null : ObjectDecoder.Decode<TValue>(json, _call.Json.Options, member, _call.Memory);
        });

    private JsonElement Read(ref JsonElement? known, string member, Func<AdmissionRequest, ReadOnlyMemory<byte>> slice)
    {
        _call.ThrowIfAbandoned();
        return known ??= ParseJson(member, slice);
    }

    private JsonElement ParseJson(string member, Func<AdmissionRequest, ReadOnlyMemory<byte>> slice) =>
        _call.WhileActive(request =>
        {
            var json = slice(request);
            return json.IsEmpty ? default : ObjectDecoder.ParseElement(json, _call.Json.Options.MaxDepth, member, _call.Memory);
        });
}
