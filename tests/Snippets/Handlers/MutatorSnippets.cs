using System.Text.Json.Nodes;
using AdmissionSdk;
using AdmissionSdk.Testing;
using k8s.Models;

namespace Snippets.Tests.Handlers;

/// <summary>The blocks of docs/handlers.md about edits.</summary>
/// <remarks>Covers docs/handlers.md, <see cref="MutationContext{T}"/>, <see cref="AdmissionSdk.Patching.PatchBuilder{T}"/>.</remarks>
public sealed class MutatorSnippets
{
    private const string Name = "pods.shop.example.com";

    private static readonly V1Pod Pod = new()
    {
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "shop", Annotations = new Dictionary<string, string> { ["shop.example.com/draft"] = "yes" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = "nginx:1.9" }, new V1Container { Name = "log", Image = "log:1" }] },
    };

    [Fact]
    public async Task InPlace_OfThePage_IsAPatch()
    {
        var outcome = await SendAsync(webhook => webhook.Handle<V1Pod>(context =>
        {
            #region handlers-in-place
            if (context.Object.Spec is { } spec)
            {
                spec.AutomountServiceAccountToken ??= false;
                foreach (var container in spec.Containers ?? [])
                {
                    container.SecurityContext ??= new V1SecurityContext();
                    container.SecurityContext.AllowPrivilegeEscalation ??= false;
                }
            }
            #endregion

            return AdmissionResult.Allow();
        }));

        Assert.Equal(
            ["add /spec/automountServiceAccountToken", "add /spec/containers/0/securityContext", "add /spec/containers/1/securityContext"],
            outcome.Patch.Select(operation => $"{operation.Op} {operation.Path}").Order());
    }

    [Fact]
    public async Task ByPath_OfThePage_IsAPatch()
    {
        var outcome = await SendAsync(webhook => webhook.Handle<V1Pod>(context =>
        {
            #region handlers-by-path
            context.Patch
                .SetLabel("team", "shop")
                .SetAnnotation("shop.example.com/policy", "v7")
                .RemoveLabel("legacy")
                .RemoveAnnotation("shop.example.com/draft")
                .SetIfAbsent(pod => pod.Spec.PriorityClassName, "shop-normal")
                .Set(pod => pod.Spec.Containers[0].ImagePullPolicy, "Always")
                .Set("/spec/containers/0/fromTheFuture", true) // a field that V1Pod does not know yet
                .AppendIfAbsent(pod => pod.Spec.Tolerations, new V1Toleration { Key = "shop", OperatorProperty = "Exists" })
                .Append(pod => pod.Spec.ImagePullSecrets, new V1LocalObjectReference { Name = "shop-registry" })
                .RemoveIfPresent(pod => pod.Spec.NodeName)
                .Remove("/spec/containers/1");
            #endregion

            return AdmissionResult.Allow();
        }));

        var pod = outcome.GetObject<V1Pod>();
        Assert.Equal(("shop", "shop-normal", "Always"), (pod.Metadata.Labels["team"], pod.Spec.PriorityClassName, pod.Spec.Containers[0].ImagePullPolicy));
        Assert.Equal("shop.example.com/policy", Assert.Single(pod.Metadata.Annotations).Key);
        Assert.Equal("main", Assert.Single(pod.Spec.Containers).Name);
        Assert.True((bool?)outcome.GetObject()["spec"]!["containers"]![0]!["fromTheFuture"]);
    }

    [Fact]
    public async Task Lists_OfThePage_KeepWhatTheTypeDoesNotKnow()
    {
        var review = AdmissionReviewBuilder.Create(Pod).WithUnknownField("/spec/containers/0/fromTheFuture");
        var outcome = await SendAsync(review, webhook => webhook.Handle<V1Pod>(context =>
        {
            var containers = context.Object.Spec.Containers;

            #region handlers-lists
            containers.Insert(0, new V1Container { Name = "proxy", Image = "registry.example.com/proxy:3" });
            var log = containers.First(container => container.Name == "log");
            containers.Remove(log);
            containers.Insert(1, log); // now: proxy, log, main; each keeps the fields that V1Container does not know
            #endregion

            return AdmissionResult.Allow();
        }));

        Assert.Equal(["proxy", "log", "main"], outcome.GetObject<V1Pod>().Spec.Containers.Select(container => container.Name));
        Assert.Equal("kept", (string?)outcome.GetObject()["spec"]!["containers"]![2]!["fromTheFuture"]);
    }

    [Fact]
    public async Task Chain_OfThePage_SendsOnePatch()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region handlers-chain
            services.AddAdmissionWebhooks().AddMutatingWebhook("pods.shop.example.com", webhook => webhook
                .ReinvocationPolicy(ReinvocationPolicy.IfNeeded)
                .Handle<V1Pod>(context =>
                {
                    context.Patch.SetLabel("team", context.Namespace);
                    return AdmissionResult.Allow();
                })
                .Handle<PartialObjectMetadata>(
                    context =>
                    {
                        // Sees the label that the handler before has set.
                        context.Patch.SetAnnotation("shop.example.com/owner", $"team-{context.Object.Metadata.Labels["team"]}");
                        return AdmissionResult.Allow();
                    },
                    rule => rule.Resource("", "v1", "pods")));
            #endregion
        });

        var metadata = (await host.SendAsync(AdmissionReviewBuilder.Create(Pod))).EnsureAllowed().GetObject<V1Pod>().Metadata;
        Assert.Equal(("shop", "team-shop"), (metadata.Labels["team"], metadata.Annotations["shop.example.com/owner"]));
        await host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(Pod));
    }

    [Fact]
    public async Task Json_OfThePage_ReadsAndEdits()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region handlers-json
            services.AddAdmissionWebhooks().AddMutator<JsonObject>(
                "templates.shop.example.com",
                context =>
                {
                    if (context.Object["spec"]?["template"] is JsonObject template)
                    {
                        var metadata = template["metadata"]?.AsObject() ?? (JsonObject)(template["metadata"] = new JsonObject());
                        var annotations = metadata["annotations"]?.AsObject() ?? (JsonObject)(metadata["annotations"] = new JsonObject());
                        annotations["shop.example.com/kind"] = context.Kind.Kind;

                        // A part of the object as a model, read as handlers read theirs.
                        var pod = AdmissionJson.Default.Deserialize<V1PodTemplateSpec>(template.ToJsonString());
                        context.Annotate("containers", $"{pod.Spec?.Containers?.Count ?? 0}");
                    }

                    return AdmissionResult.Allow();
                },
                rule => rule
                    .Resource("apps", "v1", "deployments")
                    .Resource("apps", "v1", "statefulsets")
                    .Resource("batch", "v1", "jobs")
                    .On(Operations.Create | Operations.Update));
            #endregion
        });
        var job = new V1Job { Metadata = new V1ObjectMeta { Name = "web" }, Spec = new V1JobSpec { Template = new V1PodTemplateSpec { Spec = Pod.Spec } } };

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(job))).EnsureAllowed();

        Assert.Equal("Job", outcome.GetObject<V1Job>().Spec.Template.Metadata.Annotations["shop.example.com/kind"]);
        Assert.Equal("2", outcome.AuditAnnotations["containers"]);
        await host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(job), required: ["/spec/template"]);
    }

    private static Task<AdmissionOutcome> SendAsync(Action<AdmissionSdk.Registration.MutatingWebhookBuilder> webhook) => SendAsync(AdmissionReviewBuilder.Create(Pod), webhook);

    private static async Task<AdmissionOutcome> SendAsync(AdmissionReviewBuilder review, Action<AdmissionSdk.Registration.MutatingWebhookBuilder> webhook)
    {
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddMutatingWebhook(Name, webhook));
        return (await host.SendAsync(review)).EnsureAllowed();
    }
}
