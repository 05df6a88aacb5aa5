using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Metadata;
using AdmissionSdk.Tests.Patching.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

/// <summary>A patch of metadata that the API server would refuse with a 422 even under Ignore is not sent, by whatever way its author made the edit.</summary>
/// <remarks>Covers <see cref="MetadataGuard"/>, <see cref="MetadataLimits"/>, <see cref="PodTemplates"/>, <see cref="PatchSession"/>.</remarks>
public sealed class MetadataGuardTests
{
    private const string Start = "the API server would refuse the user's request for the edit of \"";
    private const string Bare = """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"shop"},"spec":{"template":{"spec":{}}}}""";
    private const string Full = """
        {
          "apiVersion": "apps/v1", "kind": "Deployment",
          "metadata": {
            "name": "a", "namespace": "shop", "uid": "u", "resourceVersion": "5", "labels": {"app": "a"}, "annotations": {"app": "a"}, "finalizers": ["example.com/a", "orphan"],
            "ownerReferences": [{"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "u", "controller": true}]
          },
          "spec": {"template": {"metadata": {"labels": {"app": "a"}, "annotations": {"app": "a"}}, "spec": {}}}
        }
        """;

    private static readonly string Large = new('x', (256 * 1024) + 1);

    /// <summary>The name of the rule, the object, and an edit of the model itself, which no builder sees.</summary>
    public static TheoryData<string, string, Action<V1Deployment>> Refused => new()
    {
        { "label", Full, item => item.Metadata.Labels["a b"] = "x" },
        { "label", Full, item => item.Metadata.Labels["app"] = "b c" },
        { "label", Bare, item => item.Metadata.Labels = new Dictionary<string, string> { ["a/b/c"] = "x" } },
        { "annotation", Full, item => item.Metadata.Annotations["a b"] = "x" },
        { "annotation", Bare, item => item.Metadata.Annotations = new Dictionary<string, string> { [""] = "x" } },
        { "annotation", Full, item => item.Metadata.Annotations["a"] = Large },
        { "finalizer", Full, item => item.Metadata.Finalizers.Add("a b") },
        { "finalizer", Full, item => item.Metadata.Finalizers.Add("foregroundDeletion") },
        { "finalizer", Bare, item => item.Metadata.Finalizers = ["example.com/"] },
        { "finalizers", Full.Replace("\"uid\": \"u\", \"res", "\"uid\": \"u\", \"deletionTimestamp\": \"2026-01-02T03:04:05Z\", \"res", StringComparison.Ordinal), item => item.Metadata.Finalizers.Add("example.com/b") },
        { "owner", Full, item => item.Metadata.OwnerReferences.Add(Owner("b", isController: true)) },
        { "owner", Full, item => item.Metadata.OwnerReferences[0].Uid = "" },
        { "owner", Bare, item => item.Metadata.OwnerReferences = [new V1OwnerReference { Kind = "Pod", Name = "p", Uid = "u" }] },
        { "name", Bare, item => item.Metadata.Name = "a/b" },
        { "namespace", Bare, item => item.Metadata.NamespaceProperty = "other" },
        { "namespace", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"}}""", item => item.Metadata.NamespaceProperty = "other" },
        { "label", Bare, item => item.Spec.Template.Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["a b"] = "x" } } },
        { "label", Full, item => item.Spec.Template.Metadata.Labels["app"] = "b c" },
        { "label", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"}}""", item => item.Spec = new V1DeploymentSpec { Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["a b"] = "x" } } } } },
        { "annotation", Full, item => item.Spec.Template.Metadata.Annotations["a b"] = "x" },
        { "annotations", Full, item => (item.Spec.Template.Metadata.Annotations["a"], item.Spec.Template.Metadata.Annotations["b"]) = (Large[..200_000], Large[..200_000]) },
    };

    public static TheoryData<string, Action<V1Deployment>> Taken => new()
    {
        { Full, item => (item.Metadata.Labels["a"], item.Metadata.Annotations["A.B/c"]) = ("", "any text\n") },
        { Full, item => item.Metadata.Labels.Remove("app") },
        { Full, item => item.Metadata.Finalizers.RemoveAt(0) },
        { Full, item => item.Metadata.OwnerReferences.Add(Owner("b", isController: false)) },
        { Full, item => item.Metadata.Annotations["a"] = Large[..200_000] },
        { Bare, item => item.Metadata.Name = "b" },
        { Bare, item => item.Metadata.NamespaceProperty = null },
        { """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"}}""", item => item.Metadata.NamespaceProperty = "shop" },
        { Full, item => item.Spec.Template.Metadata.Name = "no/meaning" },
        { Full, item => item.Spec.Template.Spec.NodeSelector = new Dictionary<string, string> { ["a b"] = "not a label of the template" } },

        // Objects as the requester sent them are for the API server to refuse.
        { Full.Replace("\"labels\": {\"app\": \"a\"}", "\"labels\": {\"a b\": \"c d\"}", StringComparison.Ordinal), item => item.Metadata.Labels["a"] = "b" },
        { Full.Replace("\"annotations\": {\"app\": \"a\"}", $"\"annotations\": {{\"app\": \"{Large}\"}}", StringComparison.Ordinal), item => item.Metadata.Labels["a"] = "b" },

        // A controller of the custom resource may fill a template in.
        { Full.Replace("apps/v1", "example.com/v1", StringComparison.Ordinal), item => item.Spec.Template.Metadata.Labels["app"] = "{{app}}" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Edit_ThatTheApiServerRefuses_IsNotSent(string rule, string raw, Action<V1Deployment> edit)
    {
        foreach (var comparesTexts in new[] { false, true })
        {
            var exception = Assert.Throws<PatchException>(() => Run<V1Deployment>(raw, context => edit(context.Object), comparesTexts));

            Assert.Contains(rule, exception.Message, StringComparison.Ordinal);
            Assert.Contains("whatever failurePolicy says", exception.Message, StringComparison.Ordinal);
            Assert.InRange(exception.Message.Length, 0, 400);
            Assert.DoesNotContain("b c", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Taken))]
    public void Edit_ThatTheApiServerTakes_IsSent(string raw, Action<V1Deployment> edit)
    {
        Run<V1Deployment>(raw, context => edit(context.Object), comparesTexts: false);
        Run<V1Deployment>(raw, context => edit(context.Object), comparesTexts: true);
    }

    // Every kind with a pod template, and the same edits by path on the JSON.
    [Theory]
    [InlineData("v1", "Pod", "/metadata")]
    [InlineData("v1", "PodTemplate", "/template/metadata")]
    [InlineData("v1", "ReplicationController", "/spec/template/metadata")]
    [InlineData("apps/v1", "DaemonSet", "/spec/template/metadata")]
    [InlineData("apps/v1", "ReplicaSet", "/spec/template/metadata")]
    [InlineData("apps/v1", "StatefulSet", "/spec/template/metadata")]
    [InlineData("batch/v1", "Job", "/spec/template/metadata")]
    [InlineData("batch/v1", "CronJob", "/spec/jobTemplate/spec/template/metadata")]
    [InlineData("batch/v1beta1", "CronJob", "/spec/jobTemplate/spec/template/metadata")]
    public void EditByPath_OfAnyPodTemplate_IsJudged(string apiVersion, string kind, string at)
    {
        var raw = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = "a" } }.ToJsonString();

        Run<JsonObject>(raw, context => context.Patch.Set($"{at}/labels/app", "a").Set($"{at}/annotations/app", "any text"), comparesTexts: false);
        foreach (var (way, value) in new[] { ("labels/a b", "x"), ("labels/app", "a b"), ("annotations/a b", "x") })
        {
            var exception = Assert.ThrowsAny<Exception>(() => Run<JsonObject>(raw, context => context.Patch.Set($"{at}/{way}", value), comparesTexts: false));

            Assert.Contains("whatever failurePolicy says", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("name", true, false)]
    [InlineData("name", false, true)]
    [InlineData("uid", false, true)]
    [InlineData("uid", true, false)]
    [InlineData("resourceVersion", true, true)]
    [InlineData("resourceVersion", false, true)]
    [InlineData("generateName", false, false)]
    [InlineData("namespace", true, true)]
    [InlineData("namespace", false, true)]
    public void Edit_OfTheIdentity_IsJudgedByTheOperation(string member, bool mayRename, bool isRefused)
    {
        var exception = Record.Exception(() => Run<JsonObject>(Full, context => context.Object["metadata"]![member] = "other", comparesTexts: false, mayRename));

        Assert.Equal(isRefused ? $"{Start}/metadata/{member}\", whatever failurePolicy says: the {member} of an object cannot be changed" : null, exception?.Message);
    }

    [Fact]
    public void Annotations_OverTheLimitTogether_AreRefused()
    {
        var half = Large[..200_000];

        var exception = Assert.Throws<PatchException>(() => Run<JsonObject>(Bare, context => context.Patch.SetAnnotation("a", half).SetAnnotation("b", half), comparesTexts: false));

        Assert.StartsWith("the annotations have 400002 bytes in all, and Kubernetes allows 262144", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Annotations_ThatTheUserSentTooLarge_AreTheApiServersBusiness()
    {
        var raw = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["a"] = Large, ["b"] = "c" } } }.ToJsonString();

        Run<JsonObject>(raw, context => context.Patch.SetLabel("a", "b"), comparesTexts: false);
        Run<JsonObject>(raw, context => context.Patch.RemoveAnnotation("b"), comparesTexts: false);
        Assert.Throws<PatchException>(() => Run<JsonObject>(raw, context => context.Patch.SetAnnotation("c", "d"), comparesTexts: false));
    }

    private static V1OwnerReference Owner(string name, bool isController) => new() { ApiVersion = "v1", Kind = "Pod", Name = name, Uid = name, Controller = isController };

    private static void Run<T>(string raw, Action<MutationContext<T>> edit, bool comparesTexts, bool mayRename = true)
        where T : class
    {
        var session = new PatchSession(Encoding.UTF8.GetBytes(raw), PatchLimits.Default) { ComparesTexts = comparesTexts };
        Replay.Apply(session, edit);

        // An edit that changes nothing would prove nothing.
        Assert.NotEqual(0, session.Finish().OperationCount);
        session.ThrowIfRefused("shop", mayRename);
    }
}
