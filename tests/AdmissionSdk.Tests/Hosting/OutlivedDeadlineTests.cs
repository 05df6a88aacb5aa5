using AdmissionSdk.Dispatch;
using AdmissionSdk.Hosting;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>
/// A handler that outlives its deadline keeps what it took, its own bytes and its own scope, and is refused everything else. A pooled buffer that was
/// given back with the response would show the handler the next request's body, a Secret perhaps.
/// </summary>
/// <remarks>Covers <see cref="ReviewExchange"/>, <see cref="RequestBody"/>, <see cref="HandlerChain"/>, <see cref="AbandonedCalls"/>.</remarks>
public sealed class OutlivedDeadlineTests
{
    [Fact]
    public async Task Context_HandlerOutlivesItsDeadline_KeepsItsOwnBytesAndServicesAndReadsNoMore()
    {
        var time = new FakeTimeProvider();
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = new TaskCompletionSource<(string? Json, string? User, bool Disposed, bool Canceled, int Refused)>();
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(async (context, cancellationToken) =>
            {
                if (context.Name != "slow")
                {
                    return AdmissionResult.Allow();
                }

                var (json, services, scoped) = (context.ObjectJson, context.Services, context.Services.GetRequiredService<Scoped>());
                var user = context.User;
                entered.SetResult();
                await release.Task;
                // Everything is read now, long after the response.
                Func<object?>[] late = [() => context.OldObject, () => context.ObjectJson, () => context.Services, () => context.User];
                var refused = late.Count(read => Record.Exception(() => _ = read()) is OperationCanceledException);
                seen.SetResult((
                    json.GetProperty("metadata").GetProperty("labels").GetProperty("owner").GetString(),
                    user.Extra.Count == 0 ? user.Username : null,
                    scoped.IsDisposed || !ReferenceEquals(scoped, services.GetService<Scoped>()),
                    cancellationToken.WaitHandle.WaitOne(0),
                    refused));
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
        Assert.Equal(("team-A", "team-A", false, true, 4), await seen.Task);
    }

    private static byte[] Review(string name, string owner) => TestReviews.CreatePod(review =>
    {
        var request = review.Request();
        request["operation"] = "UPDATE";
        request["name"] = name;
        request["object"]!["metadata"]!["labels"] = new System.Text.Json.Nodes.JsonObject { ["owner"] = owner };
        request["userInfo"]!["username"] = owner;
        request["oldObject"] = request["object"]!.DeepClone();
    });

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
