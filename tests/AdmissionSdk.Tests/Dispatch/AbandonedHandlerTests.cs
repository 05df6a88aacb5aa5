using AdmissionSdk.Contexts;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Dispatch;

/// <summary>A handler that forgets its token is cut off at its next look at the review, once the response is due.</summary>
/// <remarks>Covers <see cref="AdmissionCall"/>, <see cref="AdmissionContext"/>, <see cref="MutationContext{T}"/>, <see cref="ValidationContext{T}"/>, <see cref="AbandonedCalls"/>.</remarks>
public sealed class AbandonedHandlerTests
{
    private readonly FakeTimeProvider _time = new();

    public static TheoryData<string> Looks => [.. LooksOfBoth.Keys, .. LooksOfMutators.Keys];

    private static Dictionary<string, Action<AdmissionContext>> LooksOfBoth { get; } = new()
    {
        ["Warn"] = context => context.Warn("late"),
        ["Annotate"] = context => context.Annotate("a", "late"),
        ["User"] = context => _ = context.User,
        ["Services"] = context => _ = context.Services,
        ["ObjectJson"] = context => _ = context.ObjectJson,
        ["OldObjectJson"] = context => _ = context.OldObjectJson,
        ["OptionsJson"] = context => _ = context.OptionsJson,
        ["GetOptions"] = context => context.GetOptions<Models.CreateOptions>(),
        ["GetWarnings"] = context => context.GetWarnings(),
        ["GetAuditAnnotations"] = context => context.GetAuditAnnotations(),
        ["Object of a validator"] = context => _ = (context as ValidationContext<V1Pod>)?.Object,
        ["OldObject of a validator"] = context => _ = (context as ValidationContext<V1Pod>)?.OldObject,
    };

    private static Dictionary<string, Action<MutationContext<V1Pod>>> LooksOfMutators { get; } = new()
    {
        ["Object"] = context => _ = context.Object,
        ["Object set"] = context => context.Object = new V1Pod(),
        ["OldObject"] = context => _ = context.OldObject,
        ["Patch"] = context => context.Patch.SetLabel("a", "b"),
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Look_ResponseIsDue_ThrowsOperationCanceled(string look)
    {
        var (entered, due) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var seen = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var names = "";

        async ValueTask<AdmissionResult> Handle(AdmissionContext context)
        {
            context.Warn("in time");
            entered.SetResult();
            await due.Task;
            names = $"{context.Webhook} {context.Uid} {context.Operation} {context.Name}";
            seen.SetResult(Record.Exception(() =>
            {
                if (LooksOfBoth.TryGetValue(look, out var both))
                {
                    both(context);
                }
                else
                {
                    LooksOfMutators[look]((MutationContext<V1Pod>)context);
                }
            }));
            return AdmissionResult.Allow();
        }

        var mutates = LooksOfMutators.ContainsKey(look);
        await using var host = await WebhookHost.StartAsync(
            webhooks =>
            {
                if (mutates)
                {
                    webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>((context, _) => Handle(context)));
                }
                else
                {
                    webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>((context, _) => Handle(context)));
                }
            },
            services: services => services.AddSingleton<TimeProvider>(_time));

        var answer = host.PostAsync(TestReviews.CreatePod());
        await entered.Task;
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("no decision within", (await answer).Text, StringComparison.Ordinal);
        due.SetResult();

        Assert.IsType<OperationCanceledException>(await seen.Task);
        // Members that name the review can be read for a log line.
        Assert.Equal($"{WebhookHost.Name} {TestReviews.PodUid} CREATE web", names);
    }

    [Fact]
    public async Task Chain_ResponseIsDue_TheNextHandlerDoesNotRun()
    {
        var (entered, due, ended) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);
        var second = 0;
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook")
                .Handle<V1Pod>(async (_, _) =>
                {
                    entered.SetResult();
                    await due.Task;
                    ended = true;
                    return AdmissionResult.Allow();
                })
                .Handle<V1Pod>((_, _) =>
                {
                    second++;
                    return AdmissionResult.Allow();
                })),
            services: services => services.AddSingleton<TimeProvider>(_time));

        var answer = host.PostAsync(TestReviews.CreatePod());
        await entered.Task;
        _time.Advance(TimeSpan.FromSeconds(30));
        await answer;
        due.SetResult();
        await UntilAsync(() => host.Services.GetRequiredService<AbandonedCalls>().Count == 0);

        Assert.Equal((true, 0), (ended, second));
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        while (!isTrue())
        {
            await Task.Yield();
        }
    }
}
