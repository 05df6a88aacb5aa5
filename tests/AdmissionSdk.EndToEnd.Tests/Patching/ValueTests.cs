using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Patching;

/// <summary>
/// Values that KubernetesClient writes wrongly or loosely, set by a mutator under Ignore: a value that the API server cannot decode would break the
/// user's write all the same (contract 13.1).
/// </summary>
/// <remarks>Covers <see cref="Serialization.ObjectJson"/>, <see cref="Serialization.ExactIntOrStringConverter"/>, <see cref="Serialization.ExactResourceQuantityConverter"/>, <see cref="Serialization.GoDurationConverter"/>, <see cref="AdmissionSdk.Patching.PatchSession"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class ValueTests(ApiServerSession session)
{
    private static readonly DateTime WholeSecond = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private static readonly DateTime Fraction = WholeSecond.AddMicroseconds(123456);

    [ApiServerFact]
    public async Task MicroTime_WholeSecondAndFraction_AreStored()
    {
        await using var run = await StartAsync<V1Lease>(lease => (lease.Spec.RenewTime, lease.Spec.AcquireTime) = (WholeSecond, Fraction));

        await run.Client.CoordinationV1.CreateNamespacedLeaseAsync(new V1Lease { Metadata = Named(), Spec = new V1LeaseSpec() }, run.Namespace);

        var stored = (await run.Client.CoordinationV1.ReadNamespacedLeaseAsync("x", run.Namespace)).Spec;
        Assert.Equal((WholeSecond, Fraction), (stored.RenewTime, stored.AcquireTime));
    }

    [ApiServerFact]
    public async Task TimeAndMicroTime_OfAnEvent_AreStored()
    {
        await using var run = await StartAsync<Corev1Event>(@event =>
        {
            (@event.FirstTimestamp, @event.LastTimestamp, @event.EventTime) = (WholeSecond, Fraction, WholeSecond);
            @event.Series = new Corev1EventSeries { Count = 2, LastObservedTime = WholeSecond };
        });

        await run.Client.CoreV1.CreateNamespacedEventAsync(
            new Corev1Event
            {
                Metadata = Named(),
                InvolvedObject = new V1ObjectReference { Kind = "Pod", Name = "p", NamespaceProperty = run.Namespace, ApiVersion = "v1" },
                ReportingComponent = "example.com/test",
                ReportingInstance = "test",
                Action = "Testing",
                Reason = "Test",
                Type = "Normal",
            },
            run.Namespace);

        var stored = await run.Client.CoreV1.ReadNamespacedEventAsync("x", run.Namespace);

        // The API server stores a Time to the second.
        Assert.Equal((WholeSecond, WholeSecond, WholeSecond), (stored.FirstTimestamp, stored.LastTimestamp, stored.EventTime));
        Assert.Equal(WholeSecond, stored.Series.LastObservedTime);
    }

    [ApiServerFact]
    public async Task IntOrString_OfServiceDeploymentProbeAndNetworkPolicy_AreStored()
    {
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutatingWebhook("values.patching.example.com", webhook => webhook
            .FailurePolicy(FailurePolicy.Ignore)
            .Handle<V1Service>(context => Edit(context.Object, service => (service.Spec.Ports[0].TargetPort, service.Spec.Ports[1].TargetPort) = ("http", "8080")))
            .Handle<V1Deployment>(context => Edit(context.Object, deployment =>
            {
                deployment.Spec.Strategy = new V1DeploymentStrategy
                {
                    Type = "RollingUpdate",
                    RollingUpdate = new V1RollingUpdateDeployment { MaxSurge = "25%", MaxUnavailable = 1 },
                };
                var container = deployment.Spec.Template.Spec.Containers[0];
                container.LivenessProbe = new V1Probe { HttpGet = new V1HTTPGetAction { Port = 80, Path = "/" } };
                container.ReadinessProbe = new V1Probe { TcpSocket = new V1TCPSocketAction { Port = "http" } };
            }))
            .Handle<V1NetworkPolicy>(context => Edit(context.Object, policy => policy.Spec.Ingress = [new V1NetworkPolicyIngressRule { Ports = [new V1NetworkPolicyPort { Port = 53 }, new V1NetworkPolicyPort { Port = "dns" }] }]))));
        var client = run.Client;

        var service = await client.CoreV1.CreateNamespacedServiceAsync(
            new V1Service { Metadata = Named(), Spec = new V1ServiceSpec { Ports = [new V1ServicePort { Name = "a", Port = 1 }, new V1ServicePort { Name = "b", Port = 2 }] } }, run.Namespace);
        var deployment = await client.AppsV1.CreateNamespacedDeploymentAsync(Deployments.Create("x"), run.Namespace);
        var policy = await client.NetworkingV1.CreateNamespacedNetworkPolicyAsync(
            new V1NetworkPolicy { Metadata = Named(), Spec = new V1NetworkPolicySpec { PodSelector = new V1LabelSelector() } }, run.Namespace);

        Assert.Equal(["http", "8080"], service.Spec.Ports.Select(port => port.TargetPort.Value));
        Assert.Equal(("25%", "1"), (deployment.Spec.Strategy.RollingUpdate.MaxSurge.Value, deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value));
        var container = deployment.Spec.Template.Spec.Containers[0];
        Assert.Equal(("80", "http"), (container.LivenessProbe.HttpGet.Port.Value, container.ReadinessProbe.TcpSocket.Port.Value));
        Assert.Equal(["53", "dns"], policy.Spec.Ingress[0].Ports.Select(port => port.Port.Value));
    }

    [ApiServerFact]
    public async Task Quantity_OfPodQuotaLimitRangeAndClaim_AreStored()
    {
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutatingWebhook("values.patching.example.com", webhook => webhook
            .FailurePolicy(FailurePolicy.Ignore)
            .Handle<V1Pod>(context => Edit(context.Object, pod =>
            {
                pod.Spec.Containers[0].Resources = new V1ResourceRequirements { Limits = Quantities("0.5", "1.5Gi"), Requests = Quantities("100m", "1e6") };
                pod.Spec.Volumes = [.. pod.Spec.Volumes ?? [], new V1Volume { Name = "scratch", EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = "12E" } }];
                pod.Spec.Containers[0].Env = [new V1EnvVar
                {
                    Name = "CPU",
                    ValueFrom = new V1EnvVarSource { ResourceFieldRef = new V1ResourceFieldSelector { Resource = "limits.cpu", Divisor = "1m" } },
                }];
            }))
            .Handle<V1ResourceQuota>(context => Edit(context.Object, quota => quota.Spec.Hard = Quantities("10", "1Ti")))
            .Handle<V1LimitRange>(context => Edit(context.Object, range => range.Spec.Limits[0].Max = Quantities("2", "1k")))
            .Handle<V1PersistentVolumeClaim>(context => Edit(context.Object, claim =>
                claim.Spec.Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = "1.5G" } }))));
        var client = run.Client;

        var pod = await client.CoreV1.CreateNamespacedPodAsync(Pods.Create("x"), run.Namespace);
        var quota = await client.CoreV1.CreateNamespacedResourceQuotaAsync(new V1ResourceQuota { Metadata = Named(), Spec = new V1ResourceQuotaSpec() }, run.Namespace);
        var range = await client.CoreV1.CreateNamespacedLimitRangeAsync(
            new V1LimitRange { Metadata = Named(), Spec = new V1LimitRangeSpec { Limits = [new V1LimitRangeItem { Type = "Container" }] } }, run.Namespace);
        var claim = await client.CoreV1.CreateNamespacedPersistentVolumeClaimAsync(
            new V1PersistentVolumeClaim { Metadata = Named(), Spec = new V1PersistentVolumeClaimSpec { AccessModes = ["ReadWriteOnce"] } }, run.Namespace);

        var resources = pod.Spec.Containers[0].Resources;
        Assert.Equal(("500m", "1536Mi"), (resources.Limits["cpu"].ToString(), resources.Limits["memory"].ToString()));
        Assert.Equal(("100m", "1e6"), (resources.Requests["cpu"].ToString(), resources.Requests["memory"].ToString()));
        Assert.Equal(new ResourceQuantity("1m"), pod.Spec.Containers[0].Env[0].ValueFrom.ResourceFieldRef.Divisor);
        Assert.Equal("12E", pod.Spec.Volumes.Single(volume => volume.Name == "scratch").EmptyDir.SizeLimit.ToString());
        Assert.Equal(("10", "1Ti"), (quota.Spec.Hard["cpu"].ToString(), quota.Spec.Hard["memory"].ToString()));
        Assert.Equal(("2", "1k"), (range.Spec.Limits[0].Max["cpu"].ToString(), range.Spec.Limits[0].Max["memory"].ToString()));
        Assert.Equal(new ResourceQuantity("1.5G"), claim.Spec.Resources.Requests["storage"]);
    }

    // The API server keeps sizes beyond 2^63-1; zeros for which the largest suffix has no room are sent with an exponent.
    [ApiServerTheory]
    [InlineData("12E", "12E")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("1e30", "1e30")]
    [InlineData("1000000E", "1e24")]
    public async Task Quantity_BeyondInt64_IsReadAndStoredAsItIs(string quantity, string stored)
    {
        List<string> seen = [];
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutatingWebhook("values.patching.example.com", webhook => webhook
            .FailurePolicy(FailurePolicy.Ignore)
            .Handle<V1ResourceQuota>(context => Edit(context.Object, quota =>
            {
                seen.Add(AdmissionJson.Default.Serialize(quota.Spec.Hard["example.com/sent"]));
                quota.Spec.Hard["example.com/set"] = AdmissionJson.Default.Deserialize<ResourceQuantity>($"\"{quantity}\"");
            }))));

        var body = await RawRequests.PostAsync(
            run.Client, $"api/v1/namespaces/{run.Namespace}/resourcequotas", $$$"""{"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"x"},"spec":{"hard":{"example.com/sent":"{{{stored}}}"} } }""");

        var hard = JsonNode.Parse(body)!["spec"]!["hard"]!;
        Assert.Equal((stored, stored), (hard["example.com/sent"]!.GetValue<string>(), hard["example.com/set"]!.GetValue<string>()));
        Assert.Equal([$"\"{stored}\""], seen);
    }

    // Go's time.ParseDuration must read what is stored, or no controller in Go can decode the object.
    [ApiServerFact]
    public async Task Duration_OfACustomResource_IsStoredAsGoWritesIt()
    {
        await session.Server.ApplyCrdAsync("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: timers.patching.example.com }
            spec:
              group: patching.example.com
              scope: Namespaced
              names: { plural: timers, singular: timer, kind: Timer }
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        interval: { type: string, format: duration }
                        timeout: { type: string, format: duration }
                        steps: { type: array, items: { type: string, format: duration } }
            """);
        TimeSpan? seen = null;
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutator<Timer>("values.patching.example.com", context =>
        {
            seen = context.Object.Interval;
            context.Object.Timeout = context.Object.Interval + TimeSpan.FromMilliseconds(1500);
            context.Object.Steps = [TimeSpan.Zero, TimeSpan.FromTicks(15), -TimeSpan.FromHours(36)];
            return AdmissionResult.Allow();
        }));

        var stored = JsonNode.Parse(await RawRequests.PostAsync(
            run.Client, $"apis/patching.example.com/v1/namespaces/{run.Namespace}/timers", """{"apiVersion":"patching.example.com/v1","kind":"Timer","metadata":{"name":"x"},"interval":"1h30m"}"""))!;

        Assert.Equal(TimeSpan.FromMinutes(90), seen);
        Assert.Equal(("1h30m", "1h30m1.5s"), (stored["interval"]!.GetValue<string>(), stored["timeout"]!.GetValue<string>()));
        Assert.Equal(["0s", "1.5\u00b5s", "-36h0m0s"], stored["steps"]!.AsArray().Select(step => step!.GetValue<string>()));
    }

    [ApiServerFact]
    public async Task Sidecars_FirstAndLast_LandWhereAsked()
    {
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutator<V1Pod>("values.patching.example.com", context =>
        {
            context.Object.Spec.Containers.Insert(0, new V1Container { Name = "first", Image = "first" });
            context.Patch.AppendIfAbsent(pod => pod.Spec.Containers, new V1Container { Name = "last", Image = "last" });
            return AdmissionResult.Allow();
        }));

        var pod = await run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("x"), run.Namespace);

        Assert.Equal(["first", .. Pods.Create("x").Spec.Containers.Select(container => container.Name), "last"], pod.Spec.Containers.Select(container => container.Name));
    }

    [ApiServerFact]
    public async Task OddMapKeys_AreStored()
    {
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutator<V1Pod>("values.patching.example.com", context =>
        {
            context.Object.Metadata.Annotations = new Dictionary<string, string> { ["example.com/a"] = "<&>é\u2028\"" };
            context.Patch.SetAnnotation("example.com/b", "2");
            return AdmissionResult.Allow();
        }));

        var pod = await run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("x"), run.Namespace);

        Assert.Equal(("<&>é\u2028\"", "2"), (pod.Metadata.Annotations["example.com/a"], pod.Metadata.Annotations["example.com/b"]));
    }

    private Task<WebhookRun> StartAsync<T>(Action<T> edit)
        where T : class =>
        WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutatingWebhook(
            "values.patching.example.com", webhook => webhook.FailurePolicy(FailurePolicy.Ignore).Handle<T>(context => Edit(context.Object, edit))));

    private static AdmissionResult Edit<T>(T @object, Action<T> edit)
    {
        edit(@object);
        return AdmissionResult.Allow();
    }

    [KubernetesEntity(Group = "patching.example.com", ApiVersion = "v1", Kind = "Timer", PluralName = "timers")]
    private sealed class Timer
    {
        public TimeSpan? Interval { get; set; }

        public TimeSpan? Timeout { get; set; }

        public List<TimeSpan>? Steps { get; set; }
    }

    private static V1ObjectMeta Named() => new() { Name = "x" };

    private static Dictionary<string, ResourceQuantity> Quantities(string cpu, string memory) => new() { ["cpu"] = cpu, ["memory"] = memory };
}
