using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Patching;

/// <summary>Edits of metadata that the API server refuses, by a mutator under Ignore: the handler fails, and failurePolicy lets the object in as it came.</summary>
/// <remarks>Covers <see cref="AdmissionSdk.Patching.Explicit.MetadataEdits"/>, <see cref="AdmissionSdk.Patching.Metadata.MetadataGuard"/>, <see cref="AdmissionSdk.Patching.Metadata.MetadataRules"/>, <see cref="AdmissionSdk.Patching.Metadata.PodTemplates"/>.</remarks>
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
        ("model-namespace", context => context.Object.Metadata.NamespaceProperty = "default"),
    ];

    private static readonly (string Name, Action<V1ObjectMeta> Edit)[] OnUpdate =
    [
        ("name", metadata => metadata.Name = "other"),
        ("uid", metadata => metadata.Uid = "6b0b0e0c-6a3f-4f0e-9d55-000000000000"),
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

        foreach (var (name, _) in OnCreate)
        {
            var stored = await TryAsync(name, () => run.Client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = name } }, run.Namespace));

            Assert.Equal((null, null, null, null), (stored.Metadata.Labels, stored.Metadata.Annotations, stored.Metadata.Finalizers, stored.Metadata.OwnerReferences));
        }
    }

    [ApiServerFact]
    public async Task Update_EditOfTheIdentity_LeavesTheWriteToFailurePolicy()
    {
        await using var run = await StartAsync<V1ConfigMap>(Operations.Update, context => Edit(OnUpdate, context.Name, context.Object.Metadata));

        foreach (var (name, _) in OnUpdate)
        {
            var stored = await run.Client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = name } }, run.Namespace);
            stored.Data = new Dictionary<string, string> { ["a"] = "b" };

            Assert.Equal("b", (await TryAsync(name, () => run.Client.CoreV1.ReplaceNamespacedConfigMapAsync(stored, name, run.Namespace))).Data["a"]);
        }
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
            Assert.True(status == 200, body);
        }
    }

    [ApiServerFact]
    public async Task Create_EditOfAPodTemplateThatTheApiServerRefuses_LeavesTheWriteToFailurePolicy()
    {
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutatingWebhook("metadata.patching.example.com", webhook => webhook
            .FailurePolicy(FailurePolicy.Ignore)
            .Handle<V1Deployment>(context => Edit(OnTemplate, context.Name, context.Object.Spec.Template.Metadata))
            .Handle<V1Job>(context => Edit(OnTemplate, context.Name, context.Object.Spec.Template.Metadata))));

        foreach (var (name, _) in OnTemplate)
        {
            var deployment = await TryAsync(name, () => run.Client.AppsV1.CreateNamespacedDeploymentAsync(Deployments.Create(name), run.Namespace));
            Assert.Null(deployment.Spec.Template.Metadata.Annotations);
            await TryAsync(name, () => run.Client.BatchV1.CreateNamespacedJobAsync(
                new V1Job
                {
                    Metadata = new V1ObjectMeta { Name = name },
                    Spec = new V1JobSpec
                    {
                        Template = new V1PodTemplateSpec
                        {
                            Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = "a" } },
                            Spec = new V1PodSpec { RestartPolicy = "Never", Containers = [new V1Container { Name = "app", Image = "nginx:1" }] },
                        },
                    },
                },
                run.Namespace));
        }
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

    private static async Task<T> TryAsync<T>(string row, Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (k8s.Autorest.HttpOperationException exception)
        {
            throw new InvalidOperationException($"{row}: {exception.Response.Content}", exception);
        }
    }

    private static V1OwnerReference Controller(string name) => new() { ApiVersion = "v1", Kind = "Pod", Name = name, Uid = name, Controller = true };
}
