using System.Text.Json;
using AdmissionSdk.Cel.Evaluation;
using AdmissionSdk.Cel.Kubernetes;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel;

/// <summary>The values of the variables of one evaluation. JSON is read where the expression looks, so the documents must live as long as the evaluation.</summary>
public sealed class CelInputs
{
    /// <summary><c>object</c>; null for DELETE.</summary>
    public JsonElement? Object { get; init; }

    /// <summary><c>oldObject</c>; null for CREATE.</summary>
    public JsonElement? OldObject { get; init; }

    /// <summary><c>request</c>: the admission request without uid, object and oldObject (contract 3.1).</summary>
    public JsonElement? Request { get; init; }

    /// <summary><c>namespaceObject</c>; null for webhooks, and for objects of the cluster.</summary>
    public JsonElement? NamespaceObject { get; init; }

    /// <summary><c>params</c>, the parameter object of an admission policy's binding.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>The answers to the checks of <c>authorizer</c>; without it, an expression that uses <c>authorizer</c> results in an error.</summary>
    public ICelAuthorizer? Authorizer { get; init; }

    /// <summary>
    /// The variables and fields that are not known, as <c>authorizer</c> or <c>request.userInfo</c>. A result that depends on one is
    /// <see cref="CelResult.Unknown"/>, never silently true or false. Empty by default: what is not set is null, and <c>authorizer</c> an error.
    /// </summary>
    public IReadOnlySet<string> Unknown { get; init; } = new HashSet<string>();

    internal CelValue? Find(string name, EvalFrame frame)
    {
        if (Unknown.Count == 0)
        {
            return Read(name, frame);
        }

        return name.StartsWith("authorizer", StringComparison.Ordinal) && Unknown.Contains("authorizer")
            ? frame.ReadUnknown("authorizer")
            : PartialMapValue.Wrap(Read(name, frame), name, Unknown, frame);
    }

    private CelValue? Read(string name, EvalFrame frame) => name switch
    {
        "object" => Value(Object),
        "oldObject" => Value(OldObject),
        "request" => Value(Request),
        "namespaceObject" => Value(NamespaceObject),
        "params" => Value(Params),
        "authorizer" => Check(new CelAuthorizationCheck(), AuthorizerValue.Authorizer, frame),
        "authorizer.requestResource" => Check(RequestResource(), AuthorizerValue.ResourceCheck, frame),
        _ => null,
    };

    private static CelValue Value(JsonElement? element) => element is { } json ? JsonValues.Of(json) : NullValue.Instance;

    private AuthorizerValue? Check(CelAuthorizationCheck check, string type, EvalFrame frame) =>
        Authorizer is { } authorizer ? new AuthorizerValue(type, check, asked => authorizer.Authorize(asked, frame.CancellationToken)) : null;

    private CelAuthorizationCheck RequestResource()
    {
        var resource = Request is { ValueKind: JsonValueKind.Object } request && request.TryGetProperty("resource", out var found) ? found : default;
        return new CelAuthorizationCheck
        {
            Group = Text(resource, "group"),
            Resource = Text(resource, "resource"),
            Subresource = Text(Request, "subResource"),
            Namespace = Text(Request, "namespace"),
            Name = Text(Request, "name"),
        };
    }

    private static string Text(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
