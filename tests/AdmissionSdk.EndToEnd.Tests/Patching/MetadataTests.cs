using System.Globalization;
using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Patching;

/// <summary>Edits of metadata that the API server refuses, by a mutator under Ignore: the handler fails, and failurePolicy lets the object in as it came.</summary>
/// <remarks>Covers <see cref="AdmissionSdk.Patching.Explicit.MetadataEdits"/>, <see cref="AdmissionSdk.Patching.Metadata.MetadataGuard"/>, <see cref="AdmissionSdk.Patching.Metadata.MetadataMemberRules"/>, <see cref="AdmissionSdk.Patching.Metadata.PodTemplates"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class MetadataTests(ApiServerSession session)
{
    private static readonly (string Name, Action<MutationContext<V1ConfigMap>> Edit)[] OnCreate =
    [
        ("label-key", context => context.Patch.SetLabel("a b/c/d", "x")),
        ("label-key-long", context => context.Patch.SetLabel(new string('a', 70), "x")),
        ("label-value", context => context.Patch.SetLabel("a", "b c")),
        ("annotation-key", context => context.Patch.SetAnnotation("a b/c/d", "x")),
        ("annotation-size", context => context.Patch.SetAnnotation("a", new string('x', 256 * 1024))),
        ("annotations-size", context => context.Patch.SetAnnotation("a", new string('x', 200_000)).SetAnnotation("b", new string('x', 200_000))),
        ("finalizer", context => context.Patch.Append(item => item.Metadata.Finalizers, "a b")),
        ("owner", context => context.Patch.Append(item => item.Metadata.OwnerReferences, new V1OwnerReference { ApiVersion = "v1", Kind = "Pod", Name = "p" })),
        ("labels", context => context.Patch.Set("/metadata/labels", new JsonObject { ["a b"] = "x" })),
        ("model-label-key", context => context.Object.Metadata.Labels = new Dictionary<string, string> { ["a b"] = "x" }),
        ("model-label-value", context => context.Object.Metadata.Labels = new Dictionary<string, string> { ["a"] = "b/c" }),
        ("model-annotation-key", context => context.Object.Metadata.Annotations = new Dictionary<string, string> { ["a/b/c"] = "x" }),
        ("model-annotations-size", context => context.Object.Metadata.Annotations = new Dictionary<string, string> { ["a"] = new('x', 200_000), ["b"] = new('x', 200_000) }),
        ("model-finalizer", context => context.Object.Metadata.Finalizers = ["a b"]),
        ("model-finalizers", context => context.Object.Metadata.Finalizers = ["orphan", "foregroundDeletion"]),
        ("model-owner", context => context.Object.Metadata.OwnerReferences = [new V1OwnerReference { ApiVersion = "v1", Kind = "Pod", Name = "p" }]),
        ("model-controllers", context => context.Object.Metadata.OwnerReferences = [Controller("p"), Controller("q")]),
        ("model-name", context => context.Object.Metadata.Name = "a/b"),
        ("model-resource-version", context => context.Object.Metadata.ResourceVersion = "7"),
        ("model-namespace", context => context.Object.Metadata.NamespaceProperty = "default"),
    ];

    private static readonly (string Name, Action<V1ObjectMeta> Edit)[] OnUpdate =
    [
        ("name", metadata => metadata.Name = "other"),
        ("uid", metadata => metadata.Uid = "6b0b0e0c-6a3f-4f0e-9d55-000000000000"),
        ("resource-version", metadata => metadata.ResourceVersion = "1"),
        ("namespace", metadata => metadata.NamespaceProperty = "default"),
    ];

    private static readonly (string Name, Action<V1ObjectMeta> Edit)[] OnTemplate =
    [
        ("label-key", metadata => metadata.Labels["a b"] = "x"),
        ("label-value", metadata => metadata.Labels["a"] = "b c"),
        ("annotation-key", metadata => metadata.Annotations = new Dictionary<string, string> { ["a b"] = "x" }),
        ("annotations-size", metadata => metadata.Annotations = new Dictionary<string, string> { ["a"] = new('x', 200_000), ["b"] = new('x', 200_000) }),
    ];

    [ApiServerFact]
    public async Task Create_EditThatTheApiServerRefuses_LeavesTheWriteToFailurePolicy()
    {
        await using var run = await StartAsync<V1ConfigMap>(Operations.Create, context => Edit(OnCreate, context.Name, context));

        List<string> wrong = [];
        foreach (var (name, _) in OnCreate)
        {
            var (status, body) = await RawRequests.SendAsync(
                run.Client, HttpMethod.Post, $"api/v1/namespaces/{run.Namespace}/configmaps", $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"}}""");
            var metadata = JsonNode.Parse(body)?["metadata"];
            if (status != 201 || (metadata?["labels"] ?? metadata?["annotations"] ?? metadata?["finalizers"] ?? metadata?["ownerReferences"]) is not null)
            {
                wrong.Add($"{name}: {status} {body}");
            }
        }

        Assert.Empty(wrong);
    }

    [ApiServerFact]
    public async Task Update_EditOfTheIdentity_LeavesTheWriteToFailurePolicy()
    {
        await using var run = await StartAsync<V1ConfigMap>(Operations.Update, context => Edit(OnUpdate, context.Name, context.Object.Metadata));

        List<string> wrong = [];
        foreach (var (name, _) in OnUpdate)
        {
            await run.Client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = name } }, run.Namespace);
            var (status, body) = await RawRequests.SendAsync(run.Client, HttpMethod.Patch, $"api/v1/namespaces/{run.Namespace}/configmaps/{name}", """{"data":{"a":"b"}}""");
            if (status != 200)
            {
                wrong.Add($"{name}: {status} {body}");
            }
        }

        Assert.Empty(wrong);
    }

    [ApiServerFact]
    public async Task Update_FinalizerOnWhatIsBeingDeleted_LeavesTheWriteToFailurePolicy()
    {
        await using var run = await StartAsync<V1ConfigMap>(Operations.Update, context =>
        {
            if (context.Object.Metadata.DeletionTimestamp is not null && context.Object.Metadata.Finalizers?.Count > 0)
            {
                context.Object.Metadata.Finalizers.Add("example.com/late");
            }
        });
        var map = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "x", Finalizers = ["example.com/keep"] } };
        await run.Client.CoreV1.CreateNamespacedConfigMapAsync(map, run.Namespace);
        await RawRequests.SendAsync(run.Client, HttpMethod.Delete, $"api/v1/namespaces/{run.Namespace}/configmaps/x");

        foreach (var patch in new[] { """{"data":{"a":"b"}}""", """{"metadata":{"finalizers":null}}""" })
        {
            var (status, body) = await RawRequests.SendAsync(run.Client, HttpMethod.Patch, $"api/v1/namespaces/{run.Namespace}/configmaps/x", patch);
            Assert.True(status == 200, $"{status} {body}");
        }
    }

    [ApiServerFact]
    public async Task Create_EditOfAPodTemplateThatTheApiServerRefuses_LeavesTheWriteToFailurePolicy()
    {
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutatingWebhook("metadata.patching.example.com", webhook => webhook
            .FailurePolicy(FailurePolicy.Ignore)
            .Handle<V1Deployment>(context => Edit(OnTemplate, context.Name, context.Object.Spec.Template.Metadata))
            .Handle<V1Job>(context => Edit(OnTemplate, context.Name, context.Object.Spec.Template.Metadata))));

        List<string> wrong = [];
        foreach (var (name, _) in OnTemplate)
        {
            foreach (var (path, workload) in Workloads(name))
            {
                var (status, body) = await RawRequests.SendAsync(run.Client, HttpMethod.Post, string.Format(CultureInfo.InvariantCulture, path, run.Namespace), workload);
                if (status != 201)
                {
                    wrong.Add($"{name}: {status} {body}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<(string Path, string Workload)> Workloads(string name)
    {
        var template = """{"metadata":{"labels":{"app":"a"}},"spec":{"restartPolicy":"RESTART","containers":[{"name":"app","image":"nginx:1"}]}}""";
        yield return ("apis/apps/v1/namespaces/{0}/deployments", $$$"""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{name}}}"},"spec":{"selector":{"matchLabels":{"app":"a"}},"template":{{{template.Replace("RESTART", "Always", StringComparison.Ordinal)}}}} }
            """);
        yield return ("apis/batch/v1/namespaces/{0}/jobs", $$$"""
            {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"{{{name}}}"},"spec":{"template":{{{template.Replace("RESTART", "Never", StringComparison.Ordinal)}}}} }
            """);
    }

    private Task<WebhookRun> StartAsync<T>(Operations operations, Action<MutationContext<T>> edit)
        where T : class =>
        WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutatingWebhook("metadata.patching.example.com", webhook => webhook
            .FailurePolicy(FailurePolicy.Ignore)
            .Handle<T>(
                context =>
                {
                    edit(context);
                    return AdmissionResult.Allow();
                },
                rule => rule.On(operations))));

    private static AdmissionResult Edit<T>(IEnumerable<(string Name, Action<T> Edit)> edits, string name, T target)
    {
        foreach (var edit in edits)
        {
            if (edit.Name == name)
            {
                edit.Edit(target);
            }
        }

        return AdmissionResult.Allow();
    }

    private static V1OwnerReference Controller(string name) => new() { ApiVersion = "v1", Kind = "Pod", Name = name, Uid = name, Controller = true };
}
