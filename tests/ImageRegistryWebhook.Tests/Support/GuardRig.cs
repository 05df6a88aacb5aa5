using System.Diagnostics.Metrics;
using AdmissionSdk;
using AdmissionSdk.Cluster;
using AdmissionSdk.Testing;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Guarding;
using ImageRegistryWebhook.Observability;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;
using ImageRegistryWebhook.Reloading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>The handler of the guard and the guard policy of one image policy, side by side.</summary>
internal sealed class GuardRig : IRegistryLookup, INamespaceLookup
{
    private static readonly Version Newest = new(1, 37);
    private static readonly ServiceProvider Services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private readonly ImageGuard _handler;
    private readonly GuardProgram _program;
    private GuardCase _case = null!;

    public GuardRig(PolicyEngine engine, Func<GeneratedGuard, GeneratedGuard>? mutate = null)
    {
        var metrics = new WebhookMetrics(Services.GetRequiredService<IMeterFactory>());
        var live = new LivePolicy(new PolicyFile("policy.yaml"), new PolicyFileLoad(engine, [], []), true, metrics, NullLogger<LivePolicy>.Instance);
        _handler = new ImageGuard(new ImageReviewer(live, this, metrics, NullLogger<ImageReviewer>.Instance, this));
        Guard = GuardGenerator.Generate(engine.Policy);
        _program = GuardProgram.Compile(mutate is null ? Guard : mutate(Guard), Newest);
    }

    public GeneratedGuard Guard { get; }

    public async Task<AdmissionDecision> HandleAsync(GuardCase @case)
    {
        _case = @case;
        var context = TestContexts.ForValidator(@case.Pod, new TestContextOptions
        {
            Operation = @case.Operation,
            OldObject = @case.Old,
            Subresource = @case.Subresource,
            Namespace = @case.Namespace,
            User = new UserInfo { Username = @case.User },
        });
        return (await _handler.ValidateAsync(context, CancellationToken.None)).Decision;
    }

    /// <summary>Judges by the policy.</summary>
    public (bool IsAllowed, long Cost) Judge(GuardCase @case) => _program.Judge(@case.Inputs);

    /// <summary>Compares the two decisions.</summary>
    public async Task<GuardComparison> CompareAsync(GuardCase @case)
    {
        var decision = await HandleAsync(@case);
        var (isAllowed, cost) = Judge(@case);
        var (problem, stricter) = (decision, isAllowed) switch
        {
            (AdmissionDecision.Allow, false) => Stricter(@case, _program.Explain(@case.Inputs)),
            (not AdmissionDecision.Allow, true) => ($"the policy allows, and the handler's decision is {decision}", null),
            _ => (null, null),
        };
        return new GuardComparison(isAllowed, cost, problem, stricter);
    }

    private static (string? Problem, string? Stricter) Stricter(GuardCase @case, string denial)
    {
        const string Marker = " is denied: ";
        var reason = denial.LastIndexOf(Marker, StringComparison.Ordinal) is >= 0 and var at ? denial[(at + Marker.Length)..] : denial;
        return reason.StartsWith(GuardReasons.Spelling, StringComparison.Ordinal) ? (null, GuardReasons.Spelling)
            : reason.StartsWith(GuardReasons.Lock, StringComparison.Ordinal) ? (null, GuardReasons.Lock)
            // Kept after a look-up.
            : reason.StartsWith(GuardReasons.Rewrite, StringComparison.Ordinal) && @case.Existence == Existence.Absent ? (null, GuardReasons.LookUp)
            : ($"the policy denies what the handler allows: {denial}", null);
    }

    ValueTask<RegistryFacts> IRegistryLookup.LookUpAsync(RegistryQuestion question, RegistryFacts known, CancellationToken cancellationToken) =>
        ValueTask.FromResult(question.Kind == RegistryQuestionKind.Existence ? known with { Existence = _case.Existence } : known with { DigestAsked = true });

    ValueTask<LookupResult<NamespaceLabels>> INamespaceLookup.GetAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_case.NamespaceLabels is { } labels
            ? LookupResult<NamespaceLabels>.Found(new NamespaceLabels { Name = name, Labels = labels })
            : LookupResult<NamespaceLabels>.Unknown("not in this case"));
}
