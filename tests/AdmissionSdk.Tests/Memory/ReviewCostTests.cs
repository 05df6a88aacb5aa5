using AdmissionSdk.Contexts;
using AdmissionSdk.Hosting;
using AdmissionSdk.Memory;
using AdmissionSdk.Tests.Memory.Support;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace AdmissionSdk.Tests.Memory;

/// <summary>Reviews are charged with at least the memory that they take, and with not much more, so that what an API server stores fits into a small pod.</summary>
/// <remarks>Covers <see cref="DecodingCost"/>, <see cref="JsonParts"/>, <see cref="ModelSize"/>, <see cref="MemoryAllowance"/>, <see cref="ReviewMemoryException"/>, <see cref="ObjectDecoder"/>.</remarks>
public sealed class ReviewCostTests(ITestOutputHelper output)
{
    private const int Generated = 10_000;
    private const int MostValues = 120;
    private const int LargestObject = 3 << 19;
    private const int FirstBuffer = 16 * 1024;

    // A container of 512 MiB, of which the runtime gives the heap three quarters.
    private static readonly MemoryAllowance SmallPod = new(384L << 20);

    private static readonly Type[] Kinds =
    [
        typeof(V1Pod), typeof(V1Deployment), typeof(V1CustomResourceDefinition), typeof(V1NetworkPolicy), typeof(V1ConfigMap), typeof(V1Secret), typeof(V1Ingress), typeof(V1ClusterRole),
        typeof(V1StatefulSet), typeof(V1PersistentVolume), typeof(V1Node), typeof(V1Service), typeof(V1LimitRange), typeof(V1Endpoints), typeof(V1Job), typeof(V1CronJob),
    ];

    public static TheoryData<string> Worst => [.. WorstObjects.All.Keys];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Charge_RecordedAndGeneratedReviews_IsAnUpperBoundAndNotThreeTimesTooHigh(bool mutates)
    {
        var random = new Random(20260601);
        var reviews = TestReviews.Names.Select(name => (Name: name, Body: TestReviews.Recorded(name), Type: TypeOf(name)))
            .Where(review => !review.Name.StartsWith("delete-", StringComparison.Ordinal))
            .Concat(Enumerable.Range(0, Generated).Select(number => (Kinds[number % Kinds.Length], number) is var (type, _) ? (type.Name, RandomObject.Review(random, type, MostValues), type) : default));
        List<double> factors = [];
        List<string> tooLow = [];
        foreach (var (name, body, type) in reviews)
        {
            var (taken, charged) = WorkMeter.Measure(body, type, mutates);
            if (charged < taken)
            {
                tooLow.Add($"{name}, {body.Length} bytes: {taken} taken, {charged} charged");
            }

            // Both have the bytes as well.
            var bytes = Math.Max(FirstBuffer, body.Length);
            factors.Add((charged + bytes) / (double)(taken + bytes));
        }

        Assert.True(tooLow.Count == 0, string.Join(Environment.NewLine, tooLow.Take(40)));
        factors.Sort();
        output.WriteLine($"{(mutates ? "mutating" : "validating")}: charged {factors[0]:0.00} to {factors[^1]:0.00} times what was taken, {factors[factors.Count / 2]:0.00} in the median of {factors.Count}");
        Assert.True(factors[factors.Count / 2] <= 3, $"{factors[factors.Count / 2]} times too high in the median");
    }

    [Theory]
    [MemberData(nameof(Worst))]
    public void Charge_WorstObject_IsAnUpperBound(string name)
    {
        var text = WorstObjects.Create(name, 200_000);
        foreach (var mutates in new[] { false, true })
        {
            var (taken, charged) = WorkMeter.Measure(RandomObject.Review(text, text), WorstObjects.All[name].Type, mutates);
            output.WriteLine($"{name}: {taken} taken, {charged} charged");
            Assert.True(charged >= taken, $"{taken} taken, {charged} charged");
        }
    }

    [Theory]
    [MemberData(nameof(Worst))]
    public void Charge_UpdateOfTheLargestObjects_FitsIntoASmallPod(string name)
    {
        var text = WorstObjects.Create(name, LargestObject);
        var body = RandomObject.Review(text, text);

        var (_, charged) = WorkMeter.Measure(body, WorstObjects.All[name].Type, mutates: true);

        // The buffer of the body has doubled.
        var all = charged + (2L * body.Length);
        output.WriteLine($"{name}: {all >> 20} of {SmallPod.Reviews >> 20} MiB");
        Assert.True(all <= SmallPod.Reviews, $"{all >> 20} of {SmallPod.Reviews >> 20} MiB");
    }

    [Theory]
    [MemberData(nameof(Worst))]
    public async Task Post_UpdateOfTheLargestObjects_IsAnsweredByASmallPod(string name)
    {
        var text = WorstObjects.Create(name, LargestObject);
        var type = WorstObjects.All[name].Type;
        await using var host = type == typeof(V1ConfigMap) ? await StartAsync<V1ConfigMap>()
            : type == typeof(V1NetworkPolicy) ? await StartAsync<V1NetworkPolicy>()
            : type == typeof(V1CustomResourceDefinition) ? await StartAsync<V1CustomResourceDefinition>()
            : await StartAsync<V1Pod>();

        (await host.PostAsync(RandomObject.Review(text, text))).AssertReview();

        Assert.Equal(0, host.Services.GetRequiredService<BodyBudget>().Used);
    }

    private static Task<WebhookHost> StartAsync<T>()
        where T : class =>
        WebhookHost.StartAsync(
            webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<T>(
                context =>
                {
                    Assert.NotNull(context.OldObject);
                    context.Patch.SetLabel("edited", "yes");
                    return AdmissionResult.Allow();
                },
                rule => rule.On(Operations.Any).Resource("*", "*", "*", "*"))),
            services: services => services.AddSingleton(SmallPod));

    private static Type TypeOf(string name) =>
        name.Contains("deployments.json", StringComparison.Ordinal) ? typeof(V1Deployment)
        : name.Contains("namespaces", StringComparison.Ordinal) ? typeof(V1Namespace)
        : name.Contains("leases", StringComparison.Ordinal) ? typeof(V1Lease)
        : name.Contains("serviceaccounts", StringComparison.Ordinal) ? typeof(V1ServiceAccount)
        : name.Contains("scale", StringComparison.Ordinal) ? typeof(V1Scale)
        : typeof(V1Pod);
}
