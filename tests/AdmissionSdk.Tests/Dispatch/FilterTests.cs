using AdmissionSdk.Model;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Tests.Dispatch;

/// <summary>Filters run around handlers of any type, on dry runs as on real ones.</summary>
/// <remarks>Covers <see cref="FilterPipeline"/>, <see cref="IAdmissionFilter"/>.</remarks>
public sealed class FilterTests
{
    private readonly List<string> _calls = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_FiltersOfAllAndOfOne_RunInOrderAroundTheHandler(bool dryRun)
    {
        await using var host = await StartAsync<Inner>();

        var response = (await host.PostAsync(TestReviews.CreatePod(review => review.Request()["dryRun"] = dryRun))).AssertReview();

        Assert.True(response["allowed"]!.GetValue<bool>());
        Assert.Equal(["outer in", "inner in", "handler", "inner out", "outer out"], _calls);
    }

    [Fact]
    public async Task Post_FilterDecides_HandlerIsNotCalled()
    {
        await using var host = await StartAsync<Refuser>();

        Assert.Equal("V1Pod: refused", (await host.PostAsync(TestReviews.CreatePod())).AssertReview()["status"]!["message"]!.GetValue<string>());
        Assert.Equal(["outer in", "outer out"], _calls);
    }

    [Fact]
    public async Task Post_FilterThrows_IsAFailure()
    {
        await using var host = await StartAsync<Thrower>();

        Assert.EndsWith(": NotSupportedException\n", (await host.PostAsync(TestReviews.CreatePod())).Text, StringComparison.Ordinal);
    }

    private Task<WebhookHost> StartAsync<TFilter>()
        where TFilter : class, IAdmissionFilter =>
        WebhookHost.StartAsync(
            webhooks => webhooks.AddFilter<Outer>().AddMutating(WebhookHost.Name, webhook => webhook.Path("/hook").Filter<TFilter>().Handle<V1Pod>(_ =>
            {
                _calls.Add("handler");
                return AdmissionResult.Allow();
            })),
            services: services => services.AddSingleton(_calls));

    private sealed class Outer(List<string> calls) : Recorder("outer", calls);

    private sealed class Inner(List<string> calls) : Recorder("inner", calls);

    private abstract class Recorder(string name, List<string> calls) : IAdmissionFilter
    {
        public async ValueTask<AdmissionResult> InvokeAsync(AdmissionContext context, AdmissionFilterDelegate next, CancellationToken cancellationToken)
        {
            calls.Add($"{name} in");
            var result = await next(cancellationToken);
            calls.Add($"{name} out");
            return result;
        }
    }

    private sealed class Refuser : IAdmissionFilter
    {
        public ValueTask<AdmissionResult> InvokeAsync(AdmissionContext context, AdmissionFilterDelegate next, CancellationToken cancellationToken) =>
            AdmissionResult.Deny($"{Assert.IsType<MutationContext<V1Pod>>(context).Object.GetType().Name}: refused");
    }

    private sealed class Thrower : IAdmissionFilter
    {
        public ValueTask<AdmissionResult> InvokeAsync(AdmissionContext context, AdmissionFilterDelegate next, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
