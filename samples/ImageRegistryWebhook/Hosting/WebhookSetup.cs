using AdmissionSdk;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Policies;
using k8s.Models;

namespace ImageRegistryWebhook.Hosting;

/// <summary>Everything the webhook is made of.</summary>
internal static class WebhookSetup
{
    public const string MutatorName = "images.registry-webhook.example.com";
    public const string GuardName = "guard.registry-webhook.example.com";

    public static void AddImageRegistryWebhook(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RegistryOptions>().BindConfiguration("Registry").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IImagePolicy, DockerHubPolicy>();
        builder.Services.AddAdmissionTls(tls =>
        {
            tls.Port = builder.Configuration.GetValue("port", tls.Port);
        });
        builder.Services.AddHostedService<WhatToTryNext>();

        // Mutator under Ignore and guard under Fail: a rewrite may be missed, an unapproved image may not get in.
        builder.Services.AddAdmissionWebhooks()
            .AddDriftCheck()
            .AddMutating(MutatorName, hook => hook.Path("/mutate").FailurePolicy(FailurePolicy.Ignore)
                .Handle<V1Pod, ImageMutator>(Pods))
            .AddValidating(GuardName, hook => hook.Path("/validate").FailurePolicy(FailurePolicy.Fail).OnUndecodable(UndecodablePolicy.Deny)
                .Handle<V1Pod, ImageGuard>(Pods));
    }

    private static void Pods(AdmissionSdk.Registration.HandlerBuilder rule) =>
        rule.On(Operations.Create | Operations.Update).Subresource("ephemeralcontainers");
}
