using AdmissionSdk;
using AdmissionSdk.Registration;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Registries;
using ImageRegistryWebhook.Reloading;
using k8s.Models;

namespace ImageRegistryWebhook.Hosting;

/// <summary>Registers the services and the webhooks.</summary>
internal static class WebhookSetup
{
    public const string MutatorName = "images.registry-webhook.example.com";
    public const string GuardName = "guard.registry-webhook.example.com";

    /// <summary>The short name of the port's setting.</summary>
    public const string PortSetting = "port";

    /// <summary>The setting of what happens to workloads.</summary>
    public const string WorkloadsSetting = "Workloads";

    public const string WorkloadsName = "workloads.registry-webhook.example.com";

    public static void AddImageRegistryWebhook(this WebApplicationBuilder builder)
    {
        ImageGuardPolicy.SetDefault(builder.Configuration);
        var (policy, needsNamespaces) = builder.AddPolicy();
        builder.Services.AddRegistryLookup();
        builder.Services.AddSingleton<ImageReviewer>();
        if (builder.Configuration[PortSetting] is { Length: > 0 } port)
        {
            builder.Configuration["AdmissionWebhooks:Tls:Port"] ??= port;
        }

        builder.Services.AddAdmissionTls();
        builder.Services.AddHostedService<StartHint>();

        // Mutator under Ignore, guard under Fail: a rewrite may be missed, but an unapproved image must not be admitted.
        // IfNeeded, since a later mutator may add containers, as Istio's injector does.
        var webhooks = builder.Services.AddAdmissionWebhooks()
            .AddDriftCheck()
            .AddMutatingWebhook(MutatorName, webhook => webhook.Path("/mutate").FailurePolicy(FailurePolicy.Ignore).ReinvocationPolicy(ReinvocationPolicy.IfNeeded)
                .Handle<V1Pod, ImageMutator>(Pods))
            .AddValidatingWebhook(GuardName, webhook => webhook.Path("/validate").FailurePolicy(FailurePolicy.Fail).OnUndecodable(UndecodablePolicy.Deny).OnTooLarge(TooLargePolicy.Deny)
                .AcceptLint("ADM1032", "a resize changes requests and limits, and no image")
                .GuardPolicy(guard => ImageGuardPolicy.Add(policy, guard))
                .Handle<V1Pod, ImageGuard>(Pods));
        webhooks.AddWorkloads(builder.Configuration.GetValue(WorkloadsSetting, WorkloadMode.Off));
        if (needsNamespaces)
        {
            webhooks.AddNamespaceLookup();
        }
    }

    private static void Pods(HandlerRuleBuilder rule) => rule.On(Operations.Create | Operations.Update).Subresources("ephemeralcontainers");

    private static void AddWorkloads(this AdmissionWebhooksBuilder webhooks, WorkloadMode mode)
    {
        if (mode == WorkloadMode.Off)
        {
            return;
        }

        webhooks.Services.AddSingleton(new WorkloadOptions(mode));
        // Pods are guarded anyway, so that warnings about workloads must not block them while this webhook is down.
        var onFailure = mode == WorkloadMode.Warn ? FailurePolicy.Ignore : FailurePolicy.Fail;
        webhooks.AddValidatingWebhook(WorkloadsName, webhook => webhook.Path("/validate/workloads").FailurePolicy(onFailure).OnUndecodable(UndecodablePolicy.Deny).OnTooLarge(TooLargePolicy.Deny)
            .AcceptLint("ADM1033", "a scale changes the number of replicas, and no image")
            .Handle<V1Deployment, WorkloadGuard<V1Deployment>>()
            .Handle<V1StatefulSet, WorkloadGuard<V1StatefulSet>>()
            .Handle<V1DaemonSet, WorkloadGuard<V1DaemonSet>>()
            .Handle<V1ReplicaSet, WorkloadGuard<V1ReplicaSet>>()
            .Handle<V1Job, WorkloadGuard<V1Job>>()
            .Handle<V1CronJob, WorkloadGuard<V1CronJob>>()
            .Handle<V1PodTemplate, WorkloadGuard<V1PodTemplate>>()
            .Handle<V1ReplicationController, WorkloadGuard<V1ReplicationController>>());
    }
}
