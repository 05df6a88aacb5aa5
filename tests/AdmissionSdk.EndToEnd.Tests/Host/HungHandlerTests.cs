using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.EndToEnd.Tests.Host;

/// <summary>A handler that hangs: the user reads our line, sent before the API server's own patience ends, and not "context deadline exceeded".</summary>
/// <remarks>Covers docs/operations.md, <see cref="Dispatch.ReviewDeadline"/>, <see cref="Dispatch.HandlerChain"/>, <see cref="AdmissionWebhookOptions"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class HungHandlerTests(ApiServerSession session)
{
    // Only the large run waits ten seconds.
    private static readonly int[] Timeouts = Environment.GetEnvironmentVariable("ADMISSION_TESTS") == "full" ? [1, 2, 5, 10] : [1];

    // A wide margin, because the machine may be busy with something else. `margins` in Program.cs measures the default.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(0.4);

    [ApiServerFact]
    public async Task Create_HandlerHangsUnderFail_TheErrorIsOurs()
    {
        foreach (var blocks in new[] { false, true })
        {
            await using var run = await StartAsync(FailurePolicy.Fail, blocks);

            var statuses = await Task.WhenAll(Timeouts.Select(seconds => ApiErrors.RefusedAsync(
                () => run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create($"pod-{seconds}"), run.Namespace))));

            foreach (var (seconds, status) in Timeouts.Zip(statuses))
            {
                Assert.Contains($"no decision within {seconds - Margin.TotalSeconds:0.##} s", status.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("context deadline exceeded", status.Message, StringComparison.Ordinal);
            }
        }
    }

    [ApiServerFact]
    public async Task Create_HandlerHangsUnderIgnore_IsStored()
    {
        await using var run = await StartAsync(FailurePolicy.Ignore, blocks: false);

        var pod = await run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("pod-1"), run.Namespace);

        Assert.NotNull(pod.Metadata.Uid);
    }

    private Task<WebhookRun> StartAsync(FailurePolicy policy, bool blocks) => WebhookRun.StartAsync(session.Server, webhooks =>
    {
        webhooks.Services.Configure<AdmissionWebhookOptions>(options => options.DeadlineMargin = Margin);
        foreach (var seconds in Timeouts)
        {
            webhooks.AddValidatingWebhook($"hung-{seconds}.host.example.com", webhook => webhook.FailurePolicy(policy).Timeout(TimeSpan.FromSeconds(seconds))
                .Handle<V1Pod>(async (context, _) =>
                {
                    // A pod hangs only in the webhook of its own name. The token is ignored on purpose.
                    if (context.Name == $"pod-{seconds}")
                    {
                        await HangAsync(blocks);
                    }

                    return AdmissionResult.Allow();
                }));
        }
    });

    private static async Task HangAsync(bool blocks)
    {
        using var never = new ManualResetEventSlim();
        if (blocks)
        {
            never.Wait(TimeSpan.FromSeconds(12), CancellationToken.None);
        }
        else
        {
            await Task.Delay(TimeSpan.FromSeconds(12), TimeProvider.System, CancellationToken.None);
        }
    }
}
