using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Reviews;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing;

/// <summary>
/// Makes the AdmissionReview that the API server would send. Immutable: every method returns a changed copy, so a test may keep a review and vary the copy.
/// </summary>
/// <remarks>
/// Objects may be KubernetesClient models, models of your own, YAML or JSON text, <see cref="JsonObject"/> or UTF-8 bytes. Models are written with
/// <see cref="AdmissionJson.Default"/>; write a model that needs the application's own <see cref="AdmissionJson"/> to JSON with the latter. The shape on the wire is the
/// API server's: order of members, nulls that are present, objects with kind and apiVersion
/// (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#webhook-request-and-response).
/// </remarks>
[DebuggerDisplay("{Description,nq}")]
public sealed partial class AdmissionReviewBuilder
{
    private static readonly UserInfo DefaultUser = new() { Username = "kubernetes-admin", Groups = ["system:masters", "system:authenticated"] };
    private readonly JsonObject _review;
    private readonly byte[]? _recorded;

    private AdmissionReviewBuilder(JsonObject review, byte[]? recorded = null)
    {
        _review = review;
        _recorded = recorded;
    }

    /// <summary>A line with operation, object and user.</summary>
    internal string Description => ReviewDescription.Of(_review);

    /// <summary>The object of the review; null on DELETE.</summary>
    internal JsonObject? Object => Request["object"] as JsonObject;

    private JsonObject Request => RequestOf(_review);

    /// <summary>A review of the creation of an object.</summary>
    /// <param name="object">The object: a model, YAML, JSON, a <see cref="JsonObject"/> or bytes. A namespaced object without a namespace gets <c>default</c>, as with kubectl.</param>
    /// <returns>The review.</returns>
    /// <exception cref="ArgumentException">The object is unreadable, or has no apiVersion and kind.</exception>
    public static AdmissionReviewBuilder Create(object @object) =>
        Start(Operation.Create, ReviewObject.Read(@object), old: null, "CreateOptions");

    /// <summary>A review of an update of an object.</summary>
    /// <param name="oldObject">The object as it is stored.</param>
    /// <param name="object">The object as the user wants it.</param>
    /// <returns>The review.</returns>
    /// <exception cref="ArgumentException">An object is unreadable, or has no apiVersion and kind.</exception>
    public static AdmissionReviewBuilder Update(object oldObject, object @object) =>
        Start(Operation.Update, ReviewObject.Read(@object), ReviewObject.Read(oldObject), "UpdateOptions");

    /// <summary>A review of the deletion of an object: <c>object</c> is null, <c>oldObject</c> is the deleted object.</summary>
    /// <param name="oldObject">The object as it is stored.</param>
    /// <returns>The review.</returns>
    /// <exception cref="ArgumentException">The object is unreadable, or has no apiVersion and kind.</exception>
    public static AdmissionReviewBuilder Delete(object oldObject) =>
        Start(Operation.Delete, subject: null, ReviewObject.Read(oldObject), "DeleteOptions");

    /// <summary>A review of a connection: exec, attach, port-forward or proxy. <c>oldObject</c> and <c>options</c> are null.</summary>
    /// <param name="connectOptions">The user's options, such as <see cref="Models.PodExecOptions"/>. Their kind implies the resource and the subresource.</param>
    /// <param name="name">The name of the pod, service or node.</param>
    /// <param name="namespace">The namespace of the pod or service. Default <c>default</c>.</param>
    /// <returns>The review.</returns>
    /// <exception cref="ArgumentException">The options are unreadable, or have no apiVersion and kind.</exception>
    public static AdmissionReviewBuilder Connect(object connectOptions, string name, string @namespace = "default") =>
        Start(Operation.Connect, ReviewObject.Read(connectOptions), old: null, optionsKind: null)
            .With(request =>
            {
                request.SetText("name", name);
                request.SetText("namespace", KindNames.IsNamespaced(KindNames.Read(request["object"]!.AsObject())) ? @namespace : "");
            });

    /// <summary>A recorded review. An unchanged review is sent with exactly these bytes, uid included.</summary>
    /// <param name="review">An AdmissionReview as JSON.</param>
    /// <returns>The review.</returns>
    /// <exception cref="ArgumentException">The bytes are not a JSON object with a <c>request</c>. Send such bytes without a builder.</exception>
    public static AdmissionReviewBuilder FromReview(byte[] review)
    {
        ArgumentNullException.ThrowIfNull(review);
        JsonObject? json;
        try
        {
            json = JsonNode.Parse(review, documentOptions: new JsonDocumentOptions { MaxDepth = 10_100 }) as JsonObject;
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The review is not JSON: {exception.Message}", nameof(review), exception);
        }

        return json?["request"] is JsonObject
            ? new(json, [.. review])
            : throw new ArgumentException("The review has no request.", nameof(review));
    }

    /// <summary>A recorded review. An unchanged review is sent with exactly this text, uid included.</summary>
    /// <param name="review">An AdmissionReview as JSON.</param>
    /// <returns>The review.</returns>
    /// <exception cref="ArgumentException">The text is not a JSON object with a <c>request</c>.</exception>
    public static AdmissionReviewBuilder FromReview(string review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return FromReview(Encoding.UTF8.GetBytes(review));
    }

    /// <summary>The review on the wire: UTF-8, compact, escaped as Go escapes, with a line feed at the end. Each call has a fresh uid, unless a uid was set.</summary>
    /// <returns>The bytes.</returns>
    /// <exception cref="InvalidOperationException">The resource is not known: a Scale needs <see cref="WithResource"/>. Or a number is larger than the API server can hold.</exception>
    public byte[] ToBytes() => _recorded is null ? Encoding.UTF8.GetBytes(ToString()) : [.. _recorded];

    /// <summary>The review on the wire, as text.</summary>
    /// <returns>JSON.</returns>
    /// <exception cref="InvalidOperationException">The resource is not known.</exception>
    public override string ToString()
    {
        if (_recorded is not null)
        {
            return Encoding.UTF8.GetString(_recorded);
        }

        var request = Request.Clone();
        if (!request.ContainsKey("resource"))
        {
            throw new InvalidOperationException($"{request["kind"]?["kind"]} exists only below another resource: name the resource with WithResource(\"apps\", \"v1\", \"deployments\").");
        }

        if (UnsendableNumber.Find(request) is { } number)
        {
            throw new InvalidOperationException($"The review has the number {number}, which the API server cannot hold: numbers have 64 bits.");
        }

        request["uid"] ??= Guid.NewGuid().ToString();
        var review = _review.Clone();
        review["request"] = RequestMembers.Sort(request);
        return GoJson.Write(review) + "\n";
    }

    /// <summary>A review spoilt in one way, to test a webhook's response to broken input.</summary>
    /// <param name="malformation">The way to spoil the review.</param>
    /// <returns>The bytes to send.</returns>
    public byte[] ToMalformed(Malformation malformation) => MalformedReview.Make(this, malformation);

    /// <summary>A changed copy.</summary>
    internal AdmissionReviewBuilder With(Action<JsonObject> editRequest)
    {
        var review = _review.Clone();
        editRequest(RequestOf(review));
        return new(review);
    }

    private static JsonObject RequestOf(JsonObject review) => review["request"]!.AsObject();

    private static AdmissionReviewBuilder Start(Operation operation, ReviewObject? subject, ReviewObject? old, string? optionsKind)
    {
        var about = subject ?? old!;
        var kind = about.Kind;
        var resource = KindNames.Resource(kind, about.Model);
        var request = new JsonObject { ["kind"] = RequestMembers.ToJson(kind), ["requestKind"] = RequestMembers.ToJson(kind) };
        if (resource is { } known)
        {
            request["resource"] = RequestMembers.ToJson(known.Resource);
            request["requestResource"] = RequestMembers.ToJson(known.Resource);
            request.SetText("subResource", known.Subresource);
            request.SetText("requestSubResource", known.Subresource);
        }

        if (operation != Operation.Connect)
        {
            PlaceInNamespace(request, kind, [.. new[] { subject?.Json, old?.Json }.OfType<JsonObject>()]);
        }

        request["operation"] = operation.Value;
        request["userInfo"] = RequestMembers.ToJson(DefaultUser);
        request["object"] = subject?.Json;
        request["oldObject"] = old?.Json;
        request["dryRun"] = false;
        // Contract 4.8: the options' group is meta.k8s.io, DeleteOptions' too.
        request["options"] = optionsKind is null ? null : new JsonObject { ["kind"] = optionsKind, ["apiVersion"] = "meta.k8s.io/v1" };
        return new(new JsonObject { ["kind"] = "AdmissionReview", ["apiVersion"] = "admission.k8s.io/v1", ["request"] = request });
    }

    /// <summary>Name and namespace as the URL would have them; a Namespace's namespace is its own name (contract 4.6).</summary>
    private static void PlaceInNamespace(JsonObject request, GroupVersionKind kind, IReadOnlyList<JsonObject> objects)
    {
        var name = objects.Select(json => json["metadata"].TextOf("name")).FirstOrDefault(text => text.Length > 0) ?? "";
        request.SetText("name", name);
        if (kind is { Group: "", Kind: "Namespace" })
        {
            request.SetText("namespace", name);
            return;
        }

        if (!KindNames.IsNamespaced(kind))
        {
            return;
        }

        var @namespace = objects.Select(json => json["metadata"].TextOf("namespace")).FirstOrDefault(text => text.Length > 0) ?? "default";
        request["namespace"] = @namespace;
        foreach (var json in objects)
        {
            (json["metadata"] as JsonObject ?? (JsonObject)(json["metadata"] = new JsonObject()))["namespace"] = @namespace;
        }
    }
}
