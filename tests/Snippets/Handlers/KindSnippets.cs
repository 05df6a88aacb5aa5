using System.Text.Json.Nodes;
using AdmissionSdk;
using AdmissionSdk.Models;
using AdmissionSdk.Testing;
using k8s.Models;

namespace Snippets.Tests.Handlers;

/// <summary>The blocks of docs/handlers.md about DELETE, CONNECT, subresources, and kinds.</summary>
/// <remarks>Covers docs/handlers.md, <see cref="PartialObjectMetadata"/>, <see cref="PatchMergeKeyAttribute"/>, <see cref="PodExecOptions"/>.</remarks>
public sealed class KindSnippets
{
    [Fact]
    public async Task Delete_OfThePage_SeesTheObjectThatGoes()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region handlers-delete
            services.AddAdmissionWebhooks().AddValidator<V1ConfigMap>(
                "configmaps.shop.example.com",
                context => context.HasObject && context.Object.Metadata.Labels?.ContainsKey("keep") == true // the object that goes
                    ? AdmissionResult.Deny($"{context.Name} has the label keep: take it off first")
                    : AdmissionResult.Allow(),
                rule => rule.On(Operations.Delete));
            #endregion
        });

        var kept = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "settings", Labels = new Dictionary<string, string> { ["keep"] = "" } } };
        Assert.Equal("settings has the label keep: take it off first", (await host.SendAsync(AdmissionReviewBuilder.Delete(kept))).EnsureDenied().Message);
        (await host.SendAsync(AdmissionReviewBuilder.Delete(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "other" } }))).EnsureAllowed();
    }

    [Fact]
    public async Task Connect_OfThePage_ChangesTheCommand()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region handlers-connect
            services.AddAdmissionWebhooks()
                .AddMutator<PodExecOptions>("exec.shop.example.com", context =>
                {
                    // No pod here: the context's name and namespace are the pod's, and the object is what the user asked for.
                    if (context.Object.Command is ["sh", ..])
                    {
                        context.Object.Command = ["rbash", .. context.Object.Command.Skip(1)];
                    }

                    return AdmissionResult.Allow();
                })
                .AddValidator<PodPortForwardOptions>("ports.shop.example.com", context =>
                    context.Name.StartsWith("db-", StringComparison.Ordinal) ? AdmissionResult.Deny("databases are reached through the bastion") : AdmissionResult.Allow());
            #endregion
        });

        var exec = await host.SendAsync(AdmissionReviewBuilder.Connect(new PodExecOptions { Command = ["sh", "-c", "ls"] }, "web"), "exec.shop.example.com");
        Assert.Equal(["rbash", "-c", "ls"], exec.EnsureAllowed().GetObject<PodExecOptions>().Command!);
        (await host.SendAsync(AdmissionReviewBuilder.Connect(new PodPortForwardOptions { Ports = [5432] }, "db-0"), "ports.shop.example.com")).EnsureDenied();
    }

    [Fact]
    public async Task Subresources_OfThePage_AreJudged()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region handlers-scale
            services.AddAdmissionWebhooks().AddValidatingWebhook("replicas.shop.example.com", webhook => webhook
                .Handle<V1Deployment>(context => Judge(context.Object.Spec?.Replicas))
                .Handle<V1Scale>(context => Judge(context.Object.Spec?.Replicas), rule => rule.On(Operations.Update).Resource("apps", "v1", "deployments", "scale"))
                .Handle<V1Eviction>(
                    context => context.Name.StartsWith("db-", StringComparison.Ordinal) ? AdmissionResult.Deny("databases are moved by hand", 429) : AdmissionResult.Allow(),
                    rule => rule.On(Operations.Create).Resource("", "v1", "pods", "eviction")));

            static AdmissionResult Judge(int? replicas) => replicas > 5 ? AdmissionResult.Deny("at most 5 replicas") : AdmissionResult.Allow();
            #endregion
        });

        var deployment = new V1Deployment { Metadata = new V1ObjectMeta { Name = "web" }, Spec = new V1DeploymentSpec { Replicas = 6 } };
        (await host.SendAsync(AdmissionReviewBuilder.Create(deployment))).EnsureDenied();
        var scale = new V1Scale { Metadata = new V1ObjectMeta { Name = "web" }, Spec = new V1ScaleSpec { Replicas = 6 } };
        (await host.SendAsync(AdmissionReviewBuilder.Update(scale, scale).WithResource("apps", "v1", "deployments").WithSubresource("scale"))).EnsureDenied();
        (await host.SendAsync(AdmissionReviewBuilder.Create(new V1Eviction { Metadata = new V1ObjectMeta { Name = "db-0" } }))).EnsureDenied();
    }

    [Fact]
    public async Task Metadata_OfThePage_IsEditedForAnyKind()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region handlers-metadata
            services.AddAdmissionWebhooks().AddMutator<PartialObjectMetadata>(
                "owners.shop.example.com",
                context =>
                {
                    context.Object.Metadata.Labels ??= new Dictionary<string, string>();
                    context.Object.Metadata.Labels.TryAdd("created-by", context.User.Groups.Contains("system:serviceaccounts") ? "machine" : "person");
                    return AdmissionResult.Allow();
                },
                rule => rule
                    .Resource("", "v1", "configmaps")
                    .Resource("apps", "v1", "*")
                    .Resource("shop.example.com", "*", "*")
                    .Scope(ResourceScope.Namespaced));
            #endregion
        });

        foreach (var review in new[]
        {
            AdmissionReviewBuilder.Create(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "settings" } }),
            AdmissionReviewBuilder.Create(new V1Deployment { Metadata = new V1ObjectMeta { Name = "web" } }),
            AdmissionReviewBuilder.Create(new Order { ApiVersion = "shop.example.com/v1", Kind = "Order", Metadata = new V1ObjectMeta { Name = "first" } }),
        })
        {
            Assert.Equal("person", (string?)(await host.SendAsync(review)).EnsureAllowed().GetObject()["metadata"]!["labels"]!["created-by"]);
        }
    }

    [Fact]
    public async Task Order_OfThePage_IsDefaultedAndJudged()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region handlers-crd-register
            services.AddAdmissionWebhooks()
                .AddMutator<Order>("defaults.shop.example.com", context =>
                {
                    var spec = context.Object.Spec ??= new OrderSpec();
                    spec.Priority ??= 5;
                    spec.Deadline ??= TimeSpan.FromHours(36); // "36h0m0s" on the wire
                    foreach (var line in spec.Lines ?? [])
                    {
                        line.Count ??= 1;
                    }

                    return AdmissionResult.Allow();
                })
                .AddValidator<Order>("orders.shop.example.com", context =>
                {
                    var errors = (context.Object.Spec?.Lines ?? [])
                        .Select((line, index) => (line, index))
                        .Where(item => item.line.Count is < 1 or > 1000)
                        .Select(item => new FieldError($"spec.lines[{item.index}].count", "is 1 to 1000"))
                        .ToList();
                    return errors.Count == 0 ? AdmissionResult.Allow() : AdmissionResult.Invalid(errors);
                })
                .AddValidator<Order>(
                    "progress.shop.example.com",
                    context => context.OldObject?.Status?.Phase == "Shipped" && context.Object.Status?.Phase != "Shipped"
                        ? AdmissionResult.Deny("what is shipped stays shipped")
                        : AdmissionResult.Allow(),
                    rule => rule.On(Operations.Update).Resource("shop.example.com", "v1", "orders", "status"));
            #endregion
        });
        const string order = """{"apiVersion":"shop.example.com/v1","kind":"Order","metadata":{"name":"first"},"spec":{"lines":[{"sku":"a","gift":true},{"sku":"b","count":2000}]}}""";

        var defaulted = (await host.SendAsync(AdmissionReviewBuilder.Create(order), "defaults.shop.example.com")).EnsureAllowed().GetObject();
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"lines":[{"sku":"a","gift":true,"count":1},{"sku":"b","count":2000}],"priority":5,"deadline":"36h0m0s"}"""),
            defaulted["spec"]));
        Assert.Equal("spec.lines[1].count: is 1 to 1000", (await host.SendAsync(AdmissionReviewBuilder.Create(order), "orders.shop.example.com")).EnsureDenied().Message);
        var shipped = order.Replace("\"spec\"", "\"status\":{\"phase\":\"Shipped\"},\"spec\"", StringComparison.Ordinal);
        (await host.SendAsync(AdmissionReviewBuilder.Update(shipped, order).WithSubresource("status"), "progress.shop.example.com")).EnsureDenied();
    }
}
