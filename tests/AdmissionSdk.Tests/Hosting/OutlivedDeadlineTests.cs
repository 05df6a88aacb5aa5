using AdmissionSdk.Dispatch;
using AdmissionSdk.Hosting;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>
/// A handler that outlives its deadline keeps its own bytes and its own scope. A pooled buffer that was given back with the response would show the
/// handler the next request's body, a Secret perhaps.
/// </summary>
/// <remarks>Covers <see cref="ReviewExchange"/>, <see cref="RequestBody"/>, <see cref="HandlerChain"/>, <see cref="AbandonedCalls"/>.</remarks>
public sealed class OutlivedDeadlineTests
{
    [Fact]
    public async Task Context_HandlerOutlivesItsDeadline_ReadsItsOwnBytesAndServices()
    {
        var time = new FakeTimeProvider();
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = new TaskCompletionSource<(string? Json, string? Old, bool Disposed, bool Canceled)>();
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddValidating(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(async (context, cancellationToken) =>
            {
                if (context.Name != "slow")
                {
                    return AdmissionResult.Allow();
                }

                entered.SetResult();
                await release.Task;
                // Everything is read now, long after the response.
                var json = context.ObjectJson.GetProperty("metadata").GetProperty("labels").GetProperty("owner").GetString();
                var old = context.OldObject!.Metadata.Labels["owner"];
                seen.SetResult((json, old, context.Services.GetRequiredService<Scoped>().IsDisposed, cancellationToken.WaitHandle.WaitOne(0)));
                return AdmissionResult.Allow();
            })),
            services: services => services.AddSingleton<TimeProvider>(time).AddScoped<Scoped>());

        var slow = host.PostAsync(Review("slow", "team-A"));
        await entered.Task;
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains("no decision within", (await slow).Text, StringComparison.Ordinal);

        // One review for each array of that size in the pool, all of the same length as the first.
        for (var i = 0; i < 50; i++)
        {
            (await host.PostAsync(Review("next", "team-B"))).AssertReview();
        }

        release.SetResult();
        Assert.Equal(("team-A", "team-A", false, true), await seen.Task);
    }

    private static byte[] Review(string name, string owner) => TestReviews.CreatePod(review =>
    {
        var request = review.Request();
        request["operation"] = "UPDATE";
        request["name"] = name;
        request["object"]!["metadata"]!["labels"] = new System.Text.Json.Nodes.JsonObject { ["owner"] = owner };
        request["oldObject"] = request["object"]!.DeepClone();
    });

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
