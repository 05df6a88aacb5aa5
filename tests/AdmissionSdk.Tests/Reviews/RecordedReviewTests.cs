using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Models;
using AdmissionSdk.Registration;
using AdmissionSdk.Reviews;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Reviews;

/// <summary>Every review that a real kube-apiserver sent is read without loss and answered. A new file in Fixtures/reviews-1.36 is a new test.</summary>
/// <remarks>Covers <see cref="AdmissionRequest"/>, <see cref="AdmissionRequestReader"/>, <see cref="AdmissionReviewReader"/>, <see cref="AdmissionReviewWriter"/>, <see cref="ReviewJson"/>, <see cref="UserInfoReader"/>, <see cref="MutationContext{TObject}"/>.</remarks>
public sealed class RecordedReviewTests
{
    public static TheoryData<string> Names => [.. TestReviews.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_RecordedReview_LosesNothing(string name)
    {
        var body = TestReviews.Recorded(name);
        var expected = JsonNode.Parse(body)!["request"]!.AsObject();

        var request = AdmissionReviewReader.Read(body);

        var actual = new JsonObject
        {
            ["uid"] = request.Uid,
            ["kind"] = Kind(request.Kind),
            ["resource"] = Resource(request.Resource),
            ["requestKind"] = Kind(request.RequestKind),
            ["requestResource"] = Resource(request.RequestResource),
            ["operation"] = request.Operation.Value,
            ["userInfo"] = User(request.User),
            ["object"] = Parse(request.Object),
            ["oldObject"] = Parse(request.OldObject),
            ["dryRun"] = request.DryRun,
            ["options"] = Parse(request.Options),
        };
        AddUnlessEmpty(actual, "subResource", request.SubResource);
        AddUnlessEmpty(actual, "requestSubResource", request.RequestSubResource);
        AddUnlessEmpty(actual, "name", request.Name);
        AddUnlessEmpty(actual, "namespace", request.Namespace);
        Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {expected.ToJsonString()}\nactual   {actual.ToJsonString()}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_RecordedReview_KeepsTheBytesOfItsObjects(string name)
    {
        var body = TestReviews.Recorded(name);

        var request = AdmissionReviewReader.Read(body);

        // A slice of the body itself, not a copy.
        foreach (var slice in new[] { request.Object, request.OldObject, request.Options }.Where(slice => !slice.IsEmpty))
        {
            Assert.True(body.AsSpan().Overlaps(slice.Span));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Post_RecordedReview_IsAnsweredInAValidEnvelope(string name)
    {
        await using var host = await WebhookHost.MutateAsync<PartialObjectMetadata>(_ => AdmissionResult.Allow());
        var body = TestReviews.Recorded(name);

        var response = (await host.PostAsync(body)).AssertReview(JsonNode.Parse(body)!["request"]!["uid"]!.GetValue<string>());

        Assert.Equal(["uid", "allowed"], response.Select(member => member.Key));
        Assert.True(response["allowed"]!.GetValue<bool>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Post_RecordedReview_ToAMutatorOfItsType_ChangesWhatItEditsAndNothingElse(string name)
    {
        var body = TestReviews.Recorded(name);
        var request = JsonNode.Parse(body)!["request"]!;
        var called = false;
        await using var host = await WebhookHost.StartAsync(webhooks => webhooks.AddMutating(
            WebhookHost.Name, webhook => Mutators[(string)request["kind"]!["kind"]!](webhook.Path("/hook"), () => called = true)));

        var response = (await host.PostAsync(body)).AssertReview((string)request["uid"]!);

        Assert.True(called && (bool)response["allowed"]!);
        if (request["object"] is not { } @object)
        {
            Assert.Null(response["patch"]);
            return;
        }

        var patched = AdmissionSdk.Patching.JsonPatch.Parse(Convert.FromBase64String((string)response["patch"]!)).Apply(Encoding.UTF8.GetBytes(@object.ToJsonString()));
        Edit(@object);
        Assert.True(JsonNode.DeepEquals(@object, JsonNode.Parse(patched)), $"expected {@object.ToJsonString()}\nactual   {Encoding.UTF8.GetString(patched)}");
    }

    /// <summary>A mutator for every recorded kind.</summary>
    private static readonly Dictionary<string, Action<MutatingWebhookBuilder, Action>> Mutators = new(StringComparer.Ordinal)
    {
        ["Binding"] = Label<V1Binding>,
        ["Deployment"] = Label<V1Deployment>,
        ["Eviction"] = Label<V1Eviction>,
        ["Lease"] = Label<V1Lease>,
        ["Namespace"] = Label<V1Namespace>,
        ["Pod"] = Label<V1Pod>,
        ["Scale"] = Label<V1Scale>,
        ["ServiceAccount"] = Label<V1ServiceAccount>,
        ["PodExecOptions"] = (webhook, called) => Handle<PodExecOptions>(webhook, called, options => options.Command = [.. options.Command!, "edited"]),
    };

    private static void Label<T>(MutatingWebhookBuilder webhook, Action called)
        where T : class, IMetadata<V1ObjectMeta> =>
        Handle<T>(webhook, called, @object => (@object.Metadata.Labels ??= new Dictionary<string, string>())["edited"] = "yes");

    private static void Handle<T>(MutatingWebhookBuilder webhook, Action called, Action<T> edit)
        where T : class =>
        webhook.Handle<T>(
            context =>
            {
                called();
                if (!context.IsDelete)
                {
                    edit(context.Object);
                }

                return AdmissionResult.Allow();
            },
            rule => rule.On(Operations.All).Resource("*", "*", "*", "*"));

    /// <summary>Makes the mutators' edits on the JSON.</summary>
    private static void Edit(JsonNode @object)
    {
        if ((string)@object["kind"]! == "PodExecOptions")
        {
            @object["command"]!.AsArray().Add("edited");
            return;
        }

        var metadata = @object["metadata"]!.AsObject();
        metadata["labels"] ??= new JsonObject();
        metadata["labels"]!["edited"] = "yes";
    }

    private static JsonObject Kind(GroupVersionKind kind) =>
        new() { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = kind.Kind };

    private static JsonObject Resource(GroupVersionResource resource) =>
        new() { ["group"] = resource.Group, ["version"] = resource.Version, ["resource"] = resource.Resource };

    private static JsonObject User(UserInfo user)
    {
        var json = new JsonObject();
        AddUnlessEmpty(json, "username", user.Username);
        AddUnlessEmpty(json, "uid", user.Uid);
        if (user.Groups.Count > 0)
        {
            json["groups"] = JsonSerializer.SerializeToNode(user.Groups);
        }

        if (user.Extra.Count > 0)
        {
            json["extra"] = JsonSerializer.SerializeToNode(user.Extra);
        }

        return json;
    }

    private static JsonNode? Parse(ReadOnlyMemory<byte> json) => json.IsEmpty ? null : JsonNode.Parse(json.Span);

    private static void AddUnlessEmpty(JsonObject json, string name, string value)
    {
        if (value.Length > 0)
        {
            json[name] = value;
        }
    }
}
