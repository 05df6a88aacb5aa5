using System.Text.Json.Nodes;
using AdmissionSdk.Models;
using AdmissionSdk.Testing.Reviews;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Reviews;

/// <summary>Reviews, held against recorded bytes.</summary>
/// <remarks>Covers <see cref="AdmissionReviewBuilder"/>, <see cref="KindNames"/>, <see cref="Malformation"/>, <see cref="MalformedReview"/>, <see cref="RequestMembers"/>, <see cref="ReviewObject"/>, <see cref="Pointer"/>, <see cref="TestObjectReader"/>, <see cref="UnsendableNumber"/>.</remarks>
public sealed class AdmissionReviewBuilderTests
{
    [Theory]
    [MemberData(nameof(RecordedReviews.Names), MemberType = typeof(RecordedReviews))]
    public void Build_FromTheObjectsOfARecordedReview_GivesTheRecordedBytes(string name)
    {
        // Contract 4.1 to 4.9: everything but uid, user and options follows from operation and objects.
        var recorded = RecordedReviews.Text(name);
        var request = JsonNode.Parse(recorded)!["request"]!.AsObject();
        var (subject, old) = (request["object"], request["oldObject"]);
        var review = request["operation"]!.GetValue<string>() switch
        {
            "CREATE" => AdmissionReviewBuilder.Create(subject!),
            "UPDATE" => AdmissionReviewBuilder.Update(old!, subject!),
            "DELETE" => AdmissionReviewBuilder.Delete(old!),
            _ => AdmissionReviewBuilder.Connect(subject!, request["name"]!.GetValue<string>()),
        };
        review = review.WithUid(request["uid"]!.GetValue<string>()).WithUser(User(request));
        review = request["options"] is { } options ? review.WithOptions(options) : review;
        review = request["dryRun"]!.GetValue<bool>() ? review.WithDryRun() : review;
        review = (request["resource"]!["resource"]!.GetValue<string>(), request["subResource"]?.GetValue<string>()) switch
        {
            ("deployments", "scale") => review.WithResource("apps", "v1", "deployments").WithSubresource("scale"),
            ("pods", "ephemeralcontainers") => review.WithSubresource("ephemeralcontainers"),
            _ => review,
        };

        Assert.Equal(recorded.TrimEnd('\n') + "\n", review.ToString());
    }

    [Theory]
    [MemberData(nameof(RecordedReviews.Names), MemberType = typeof(RecordedReviews))]
    public void FromReview_Unchanged_SendsTheSameBytes(string name) =>
        Assert.Equal(RecordedReviews.Bytes(name), AdmissionReviewBuilder.FromReview(RecordedReviews.Bytes(name)).ToBytes());

    [Fact]
    public void FromReview_Changed_KeepsTheRest()
    {
        var recorded = RecordedReviews.Text("create-pods.json");

        var review = AdmissionReviewBuilder.FromReview(recorded).WithUid("another");

        Assert.Equal(
            recorded.TrimEnd('\n').Replace("1f47f506-f904-41d8-92ba-8386164ed2a7", "another", StringComparison.Ordinal) + "\n", review.ToString());
    }

    [Fact]
    public void Create_FromModelYamlJsonAndNode_IsTheSame()
    {
        const string yaml = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
              namespace: shop
              labels: {app: web}
            spec:
              containers:
              - name: main
                image: nginx:1.9
            """;
        const string json = """{"apiVersion":"v1","kind":"Pod","metadata":{"labels":{"app":"web"},"name":"web","namespace":"shop"},"spec":{"containers":[{"image":"nginx:1.9","name":"main"}]}}""";
        object[] sources = [Pods.Web(), yaml, json, JsonNode.Parse(json)!.AsObject(), System.Text.Encoding.UTF8.GetBytes(json)];

        var reviews = sources.Select(source => JsonNode.Parse(AdmissionReviewBuilder.Create(source).WithUid("u").ToString())).ToList();

        Assert.All(reviews, review => Assert.True(JsonNode.DeepEquals(reviews[0], review), review!.ToJsonString()));
        Assert.Equal(["kind", "apiVersion", "metadata", "spec"], reviews[0]!["request"]!["object"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public void Create_OwnClass_TakesKindAndPluralFromItsAttribute()
    {
        var request = Request(AdmissionReviewBuilder.Create(new Gadget { Metadata = new V1ObjectMeta { Name = "g" }, Size = 3 }));

        Assert.Equal("""{"group":"example.com","version":"v1","resource":"gadgetry"}""", request["resource"]!.ToJsonString());
        Assert.Equal("""{"kind":"Gadget","apiVersion":"example.com/v1","metadata":{"name":"g","namespace":"default"},"size":3}""", request["object"]!.ToJsonString());
    }

    [Theory]
    [InlineData("example.com/v1", "Policy", "policies")]
    [InlineData("example.com/v1", "Bus", "buses")]
    [InlineData("networking.k8s.io/v1", "Ingress", "ingresses")]
    [InlineData("v1", "Endpoints", "endpoints")]
    public void Create_Yaml_GuessesThePluralAsKubernetesDoes(string apiVersion, string kind, string plural) =>
        Assert.Equal(plural, Request(AdmissionReviewBuilder.Create($"{{apiVersion: {apiVersion}, kind: {kind}}}"))["resource"]!["resource"]!.GetValue<string>());

    [Fact]
    public void Create_WithoutNamespace_IsInDefaultUnlessClusterScoped()
    {
        Assert.Equal("default", Request(AdmissionReviewBuilder.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}"))["namespace"]!.GetValue<string>());
        Assert.False(Request(AdmissionReviewBuilder.Create("{apiVersion: v1, kind: Node, metadata: {name: n}}")).ContainsKey("namespace"));
        // Contract 4.6.
        Assert.Equal("n", Request(AdmissionReviewBuilder.Create("{apiVersion: v1, kind: Namespace, metadata: {name: n}}"))["namespace"]!.GetValue<string>());
    }

    [Fact]
    public void Connect_Exec_IsPodsExecWithoutOptions()
    {
        var request = Request(AdmissionReviewBuilder.Connect(new PodExecOptions { Command = ["ls"] }, "web", "shop"));

        Assert.Equal(("CONNECT", "pods", "exec", "web", "shop"), (Text("operation"), request["resource"]!["resource"]!.GetValue<string>(), Text("subResource"), Text("name"), Text("namespace")));
        Assert.Equal("""{"kind":"PodExecOptions","apiVersion":"v1","command":["ls"]}""", request["object"]!.ToJsonString());
        Assert.True(request.ContainsKey("options"));
        Assert.Null(request["options"]);

        string Text(string name) => request[name]!.GetValue<string>();
    }

    [Fact]
    public void Connect_Node_HasNoNamespace() =>
        Assert.False(Request(AdmissionReviewBuilder.Connect(new NodeProxyOptions { Path = "/" }, "node-1")).ContainsKey("namespace"));

    [Fact]
    public void Create_Eviction_IsPodsEviction()
    {
        var request = Request(AdmissionReviewBuilder.Create(new V1Eviction { Metadata = new V1ObjectMeta { Name = "web" } }));

        Assert.Equal(("pods", "eviction", "Eviction"), (request["resource"]!["resource"]!.GetValue<string>(), request["subResource"]!.GetValue<string>(), request["kind"]!["kind"]!.GetValue<string>()));
    }

    [Fact]
    public void ToBytes_ScaleWithoutItsParent_SaysWhatToCall()
    {
        var review = AdmissionReviewBuilder.Update(new V1Scale(), new V1Scale());

        var exception = Assert.Throws<InvalidOperationException>(review.ToBytes);

        Assert.Contains("WithResource(\"apps\", \"v1\", \"deployments\")", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToBytes_Twice_HasAFreshUidUnlessGiven()
    {
        var review = AdmissionReviewBuilder.Create(Pods.Web());

        Assert.NotEqual(Request(review)["uid"]!.GetValue<string>(), Request(review)["uid"]!.GetValue<string>());
        Assert.Equal("mine", Request(review.WithUid("mine"))["uid"]!.GetValue<string>());
    }

    [Fact]
    public void Variations_LeaveTheOriginalAlone()
    {
        var review = AdmissionReviewBuilder.Create(Pods.Web()).WithUid("u");
        var before = review.ToString();

        _ = review.WithDryRun().WithUser("alice", "dev").WithName("n").WithNamespace("m").WithV1Beta1().WithUnknownField("/spec/future").WithGenerateName("w-").ToString();

        Assert.Equal(before, review.ToString());
    }

    [Fact]
    public void WithUser_WithEverything_WritesEverything()
    {
        var user = new UserInfo { Username = "alice", Uid = "1", Groups = ["dev"], Extra = new Dictionary<string, IReadOnlyList<string>> { ["scopes"] = ["a", "b"] } };

        Assert.Equal(
            """{"username":"alice","uid":"1","groups":["dev"],"extra":{"scopes":["a","b"]}}""",
            Request(AdmissionReviewBuilder.Create(Pods.Web()).WithUser(user))["userInfo"]!.ToJsonString());
    }

    [Fact]
    public void WithDryRun_IsInRequestAndOptions()
    {
        var request = Request(AdmissionReviewBuilder.Create(Pods.Web()).WithDryRun());

        Assert.True(request["dryRun"]!.GetValue<bool>());
        Assert.Equal("""["All"]""", request["options"]!["dryRun"]!.ToJsonString());
        Assert.False(Request(AdmissionReviewBuilder.Create(Pods.Web()).WithDryRun().WithDryRun(false))["options"]!.AsObject().ContainsKey("dryRun"));
    }

    [Fact]
    public void WithOptions_Model_HasTheGroupOfTheApiServer() =>
        Assert.Equal(
            """{"kind":"DeleteOptions","apiVersion":"meta.k8s.io/v1","gracePeriodSeconds":0}""",
            Request(AdmissionReviewBuilder.Delete(Pods.Web()).WithOptions(new V1DeleteOptions { GracePeriodSeconds = 0 }))["options"]!.ToJsonString());

    [Fact]
    public void WithGenerateName_HasNoNameAnywhere()
    {
        var request = Request(AdmissionReviewBuilder.Create(Pods.Web()).WithGenerateName("web-"));

        Assert.False(request.ContainsKey("name"));
        Assert.False(request["object"]!["metadata"]!.AsObject().ContainsKey("name"));
        Assert.Equal("web-", request["object"]!["metadata"]!["generateName"]!.GetValue<string>());
    }

    [Fact]
    public void WithUnknownField_OnUpdate_IsInBothObjects()
    {
        var request = Request(AdmissionReviewBuilder.Update(Pods.Web(), Pods.Web("nginx:2")).WithUnknownField("/spec/containers/0/future~1field", "{\"a\":1}"));

        Assert.Equal("{\"a\":1}", request["object"]!["spec"]!["containers"]![0]!["future/field"]!.ToJsonString());
        Assert.Equal("{\"a\":1}", request["oldObject"]!["spec"]!["containers"]![0]!["future/field"]!.ToJsonString());
    }

    [Fact]
    public void WithUnknownField_WithoutAParent_SaysSo() =>
        Assert.Throws<ArgumentException>(() => AdmissionReviewBuilder.Create(Pods.Web()).WithUnknownField("/spec/volumes/0/future"));

    [Fact]
    public void WithRequestedKind_DiffersFromKindAndResource()
    {
        var request = Request(AdmissionReviewBuilder.Create("{apiVersion: apps/v1, kind: Deployment}")
            .WithRequestedKind(new("apps", "v1beta1", "Deployment"), new("apps", "v1beta1", "deployments")));

        Assert.Equal(("v1", "v1beta1", "v1beta1"), (
            request["kind"]!["version"]!.GetValue<string>(), request["requestKind"]!["version"]!.GetValue<string>(), request["requestResource"]!["version"]!.GetValue<string>()));
    }

    [Fact]
    public void Create_WithoutKind_SaysSo() => Assert.Throws<ArgumentException>(() => AdmissionReviewBuilder.Create("{a: 1}"));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"request":null}""")]
    public void FromReview_WithoutARequest_SaysSo(string text) =>
        Assert.Throws<ArgumentException>(() => AdmissionReviewBuilder.FromReview(text));

    private static JsonObject Request(AdmissionReviewBuilder review) => JsonNode.Parse(review.ToBytes())!["request"]!.AsObject();

    private static UserInfo User(JsonObject request) => new()
    {
        Username = request["userInfo"]!["username"]!.GetValue<string>(),
        Uid = request["userInfo"]!["uid"]?.GetValue<string>() ?? "",
        Groups = [.. request["userInfo"]!["groups"]!.AsArray().Select(group => group!.GetValue<string>())],
    };

    // The API server has 64 bits, and JSON has no Infinity.
    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    public void Create_NumberThatTheApiServerCannotHold_IsRefusedWithItsPath(string number)
    {
        var exception = Assert.Throws<ArgumentException>(() => AdmissionReviewBuilder.Create($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"x":[{"n":{{number}}}]}"""));

        Assert.StartsWith($"The object has the number {number} at /x/0/n, which the API server cannot hold", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToBytes_NumberThatTheApiServerCannotHold_IsRefused()
    {
        var review = AdmissionReviewBuilder.Create("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}""").WithUnknownField("/x", "1e400");

        Assert.Throws<InvalidOperationException>(() => review.ToBytes());
    }
}
