using AdmissionSdk.Testing;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Registries;
using k8s.Models;

namespace ImageRegistryWebhook.Tests.Admission;

/// <summary>The program, configured as in a cluster, with a real registry that needs credentials.</summary>
/// <remarks>Covers <see cref="ImageReviewer"/>, <see cref="CredentialStore"/>, <see cref="RegistryLookupSetup"/>.</remarks>
public class RealRegistryReviewTests
{
    [DockerRegistryFact]
    public async Task Mutate_TargetInTheCluster_IsAskedWithTheMountedCredentials()
    {
        await using var registry = await DockerRegistry.StartAsync(withUsers: true);
        var digest = await registry.PushAsync("hub/library/nginx", "1.9");
        var target = $"127.0.0.1:{registry.Port}";
        var secret = Directory.CreateTempSubdirectory().FullName;
        try
        {
            await using var webhook = await WebhookUnderTest.StartAsync(
                $$"""
                rules:
                  - {name: ours, match: {registries: ["{{target}}"]}, action: allow}
                  - {name: hub, match: {registries: [docker.io]}, action: rewrite, target: "{{target}}/hub"}
                default: deny
                check: {exists: deny, timeout: 20s}
                pin: {registryLookup: fallback, onMiss: deny}
                """,
                [
                    $"--RegistryLookup:CredentialsFile={LookupRig.Credentials(secret, (target, DockerRegistry.User, DockerRegistry.Password))}",
                    $"--RegistryLookup:Registries:0:Host={target}",
                    "--RegistryLookup:Registries:0:PlainHttp=true",
                    "--RegistryLookup:Registries:0:Networks:0=127.0.0.0/8",
                    .. WebhookUnderTest.Patience,
                ]);

            var there = await webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("nginx:1.9")));
            var missing = await webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("nginx:2")));

            Assert.Equal($"{target}/hub/library/nginx:1.9@{digest}", there.GetObject<V1Pod>().Spec.Containers[0].Image);
            missing.EnsureDenied();
            Assert.Contains($"{target} does not have {target}/hub/library/nginx:2", missing.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(secret, recursive: true);
        }
    }
}
