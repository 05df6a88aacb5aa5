using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Reviews;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing;

public sealed partial class AdmissionReviewBuilder
{
    /// <summary>Sets the id of the exchange. Without this call every send has a fresh id, as with the API server.</summary>
    /// <param name="uid">The uid.</param>
    /// <returns>A changed copy.</returns>
    public AdmissionReviewBuilder WithUid(string uid) => With(request => request["uid"] = uid);

    /// <summary>Sets the user. The default is <c>kubernetes-admin</c> of <c>system:masters</c>.</summary>
    /// <param name="username">The user name, such as <c>system:serviceaccount:ci:deployer</c>.</param>
    /// <param name="groups">The user's groups. Default: <c>system:authenticated</c>.</param>
    /// <returns>A changed copy.</returns>
    public AdmissionReviewBuilder WithUser(string username, params IReadOnlyList<string> groups) =>
        WithUser(new UserInfo { Username = username, Groups = groups is { Count: > 0 } ? groups : ["system:authenticated"] });

    /// <summary>Sets the user, with uid, groups and extra.</summary>
    /// <param name="user">The user. Empty members are left out, as the API server does.</param>
    /// <returns>A changed copy.</returns>
    public AdmissionReviewBuilder WithUser(UserInfo user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return With(request => request["userInfo"] = RequestMembers.ToJson(user));
    }

    /// <summary>Makes the request a dry run, in the request and in its options.</summary>
    /// <param name="dryRun">False makes the request a real one again.</param>
    /// <returns>A changed copy.</returns>
    /// <remarks>The API server refuses CONNECT as a dry run.</remarks>
    public AdmissionReviewBuilder WithDryRun(bool dryRun = true) => With(request =>
    {
        request["dryRun"] = dryRun;
        SetDryRunOption(request);
    });

    /// <summary>Sets the operation's options, such as <c>V1DeleteOptions</c>. The default has only kind and apiVersion.</summary>
    /// <param name="options">A model, YAML, JSON or a <see cref="JsonObject"/>; kind and apiVersion may be left out.</param>
    /// <returns>A changed copy.</returns>
    /// <exception cref="ArgumentException">The options are unreadable.</exception>
    public AdmissionReviewBuilder WithOptions(object options) => With(request =>
    {
        var kind = request["options"]?["kind"]?.GetValue<string>() ?? $"{Capitalised(request["operation"]!.GetValue<string>())}Options";
        request["options"] = ReviewObject.ReadOptions(options, kind);
        SetDryRunOption(request);
    });

    /// <summary>Moves the request and its objects to a namespace.</summary>
    /// <param name="namespace">The namespace. Empty for a cluster-scoped object.</param>
    /// <returns>A changed copy.</returns>
    public AdmissionReviewBuilder WithNamespace(string @namespace) => With(request =>
    {
        request.SetText("namespace", @namespace);
        EditMetadata(request, metadata => metadata.SetText("namespace", @namespace));
    });

    /// <summary>Names the request and its objects.</summary>
    /// <param name="name">The name.</param>
    /// <returns>A changed copy.</returns>
    public AdmissionReviewBuilder WithName(string name) => With(request =>
    {
        request.SetText("name", name);
        EditMetadata(request, metadata => metadata.SetText("name", name));
    });

    /// <summary>Gives the object a <c>generateName</c> in place of a name. In the mutating phase neither request nor object has a name yet.</summary>
    /// <param name="prefix">The prefix, such as <c>web-</c>.</param>
    /// <returns>A changed copy.</returns>
    public AdmissionReviewBuilder WithGenerateName(string prefix) => With(request =>
    {
        request.Remove("name");
        EditMetadata(request, metadata =>
        {
            metadata.Remove("name");
            metadata["generateName"] = prefix;
        });
    });

    /// <summary>Sends the review for a subresource, such as <c>status</c>, <c>scale</c>, <c>ephemeralcontainers</c> or <c>resize</c>.</summary>
    /// <param name="subresource">The subresource. Eviction, Binding, TokenRequest and the connect options imply a subresource.</param>
    /// <returns>A changed copy.</returns>
    public AdmissionReviewBuilder WithSubresource(string subresource) => With(request =>
    {
        request.SetText("subResource", subresource);
        request.SetText("requestSubResource", subresource);
    });

    /// <summary>Sets the resource, if the object's kind does not imply one: for a Scale, or a kind with an irregular plural.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="version">The version.</param>
    /// <param name="resource">The plural, lower case.</param>
    /// <returns>A changed copy.</returns>
    public AdmissionReviewBuilder WithResource(string group, string version, string resource) => With(request =>
    {
        request["resource"] = RequestMembers.ToJson(new GroupVersionResource(group, version, resource));
        request["requestResource"] = RequestMembers.ToJson(new GroupVersionResource(group, version, resource));
    });

    /// <summary>Sets the kind and resource of the user's own request, for a request that the API server converted to the webhook's version.</summary>
    /// <param name="kind">The kind of the user's request.</param>
    /// <param name="resource">The resource of the user's request.</param>
    /// <returns>A changed copy.</returns>
    public AdmissionReviewBuilder WithRequestedKind(GroupVersionKind kind, GroupVersionResource resource) => With(request =>
    {
        request["requestKind"] = RequestMembers.ToJson(kind);
        request["requestResource"] = RequestMembers.ToJson(resource);
    });

    /// <summary>Sends the review as admission.k8s.io/v1beta1 in place of v1.</summary>
    /// <returns>A changed copy.</returns>
    public AdmissionReviewBuilder WithV1Beta1() => WithReview(review => review["apiVersion"] = "admission.k8s.io/v1beta1");

    /// <summary>
    /// Adds a field that no model knows, with the value <c>"kept"</c>, to the object, as a newer API server would; to the old object too, if the
    /// field's parent exists there.
    /// </summary>
    /// <param name="pointer">The field, as a JSON pointer into the object: <c>/spec/containers/0/futureField</c>.</param>
    /// <returns>A changed copy.</returns>
    /// <exception cref="ArgumentException">The pointer's parent is in neither object.</exception>
    public AdmissionReviewBuilder WithUnknownField(string pointer) => WithUnknownField(pointer, "\"kept\"");

    /// <summary>
    /// Adds a field that no model knows to the object, as a newer API server would; to the old object too, if the field's parent exists there.
    /// </summary>
    /// <param name="pointer">The field, as a JSON pointer into the object: <c>/spec/containers/0/futureField</c>.</param>
    /// <param name="json">The value, as JSON.</param>
    /// <returns>A changed copy.</returns>
    /// <exception cref="ArgumentException">The pointer's parent is in neither object, or the value is not JSON.</exception>
    public AdmissionReviewBuilder WithUnknownField(string pointer, string json)
    {
        var segments = Pointer.Parse(pointer);
        return With(request =>
        {
            var placed = false;
            foreach (var root in Objects(request))
            {
                placed |= Pointer.TrySet(root, segments, Parse(json));
            }

            if (!placed)
            {
                throw new ArgumentException($"Neither object has a place for {pointer}: its parent does not exist.", nameof(pointer));
            }
        });
    }

    /// <summary>Changes the review freely.</summary>
    /// <param name="edit">Changes the review, whose <c>request</c> has the members. The result is sent with the known members in order.</param>
    /// <returns>A changed copy.</returns>
    public AdmissionReviewBuilder WithEdit(Action<JsonObject> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return WithReview(edit);
    }

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw new ArgumentException($"\"{json}\" is not JSON.", nameof(json), exception);
        }
    }

    private static string Capitalised(string operation) => operation[..1] + operation[1..].ToLowerInvariant();

    /// <summary>Keeps the options in step: the API server derives the request's dryRun from the options.</summary>
    private static void SetDryRunOption(JsonObject request)
    {
        if (request["options"] is not JsonObject options)
        {
            return;
        }

        options.Remove("dryRun");
        if (request["dryRun"]?.GetValue<bool>() ?? false)
        {
            // After kind and apiVersion, but in DeleteOptions the last member.
            options.Insert(options.TextOf("kind") == "DeleteOptions" ? options.Count : 2, "dryRun", new JsonArray("All"));
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonObject request) =>
        new[] { request["object"], request["oldObject"] }.OfType<JsonObject>();

    private static void EditMetadata(JsonObject request, Action<JsonObject> edit)
    {
        foreach (var metadata in Objects(request).Select(json => json["metadata"]).OfType<JsonObject>())
        {
            edit(metadata);
        }
    }

    private AdmissionReviewBuilder WithReview(Action<JsonObject> edit)
    {
        var review = _review.DeepClone().AsObject();
        edit(review);
        return new(review);
    }
}
