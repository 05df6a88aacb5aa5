using AdmissionSdk.Registration;
using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>
/// The margin that a response needs before the API server's patience ends: reviews that hang, for each margin and each timeout, and the number of
/// users who read our line instead of "context deadline exceeded". Its output is the table in docs/operations.md.
/// </summary>
internal static class MarginTable
{
    private const string Label = "timeout";
    private static readonly int[] Margins = [10, 25, 50, 75, 100, 150, 200, 300];
    private static readonly int[] Timeouts = [1, 2, 5, 10];

    public static async Task PrintAsync(int reviews)
    {
        await using var server = await KubeApiServerFixture.StartAsync();
        Console.WriteLine($"kube-apiserver {server.Version}, {Environment.ProcessorCount} cores, {reviews} reviews for each figure, {reviews * Timeouts.Length} at once");
        Console.WriteLine($"| margin | {string.Join(" | ", Timeouts.Select(seconds => $"{seconds} s"))} | load |");
        Console.WriteLine($"|---|{string.Concat(Timeouts.Select(_ => "---|"))}---|");
        // The first reviews run code that is not compiled yet, on both sides.
        await CountAsync(server, 500, 2);
        foreach (var margin in Margins)
        {
            var ours = await CountAsync(server, margin, reviews);
            Console.WriteLine($"| {margin} ms | {string.Join(" | ", ours)} | {Load()} |");
        }
    }

    private static async Task<IReadOnlyList<int>> CountAsync(KubeApiServerFixture server, int margin, int reviews)
    {
        await using var run = await WebhookRun.StartAsync(server, webhooks => Register(webhooks, margin));
        return await Task.WhenAll(Timeouts.Select(async seconds =>
        {
            var statuses = await Task.WhenAll(Enumerable.Range(0, reviews).Select(i => ApiErrors.RefusedAsync(
                () => run.Client.CoreV1.CreateNamespacedPodAsync(Pod(seconds, i), run.Namespace))));
            return statuses.Count(status => status.Message.Contains("no decision within", StringComparison.Ordinal));
        }));
    }

    private static void Register(AdmissionWebhooksBuilder webhooks, int margin)
    {
        webhooks.Services.Configure<AdmissionWebhookOptions>(options => options.DeadlineMargin = TimeSpan.FromMilliseconds(margin));
        foreach (var seconds in Timeouts)
        {
            webhooks.AddValidatingWebhook($"margin-{seconds}.host.example.com", webhook => webhook.FailurePolicy(FailurePolicy.Fail).Timeout(TimeSpan.FromSeconds(seconds))
                // Each pod goes to the webhook of its own timeout only: a webhook with a shorter timeout would fail first.
                .ObjectSelector(labels => labels.HasValue(Label, $"{seconds}"))
                .Handle<V1Pod>(async (_, cancellationToken) =>
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                    return AdmissionResult.Allow();
                }));
        }
    }

    private static V1Pod Pod(int seconds, int number)
    {
        var pod = Pods.Create($"pod-{seconds}-{number}");
        pod.Metadata.Labels = new Dictionary<string, string> { [Label] = $"{seconds}" };
        return pod;
    }

    // The load of the last minute: other work of the machine is half of the result.
    private static string Load() => File.Exists("/proc/loadavg")
        ? File.ReadAllText("/proc/loadavg").Split(' ')[0]
        : "unknown";
}
