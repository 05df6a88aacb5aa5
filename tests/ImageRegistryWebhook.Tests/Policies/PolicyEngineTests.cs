using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Tests.Policies;

/// <remarks>Covers <see cref="PolicyEngine"/>, <see cref="ImageDecision"/>, <see cref="RuleMatch"/>, <see cref="Glob"/>, <see cref="RewriteTarget"/>, <see cref="ImageLock"/>, <see cref="PolicyLabelSelector"/>, <see cref="ImageContext"/>.</remarks>
public sealed class PolicyEngineTests
{
    private const string Digest = "sha256:e6693c20186f837fc393390135d8a598a96a833917917789d63766cab6c59582";

    // Facts that registries can give about an image, and facts without asking.
    private static readonly RegistryFacts[] KnownFacts =
    [
        RegistryFacts.Offline,
        new() { Existence = Existence.Present, DigestAsked = true, Digest = Digest },
        new() { Existence = Existence.Absent, DigestAsked = true, Digest = Digest },
        new() { Existence = Existence.Unknown, DigestAsked = true },
    ];

    [Theory]
    [InlineData("normalized", "nginx", "registry.example.com/hub/library/nginx")]
    [InlineData("asWritten", "nginx:1", "registry.example.com/hub/nginx:1")]
    [InlineData("hostInPath", "nginx:1@" + Digest, "registry.example.com/hub/docker.io/library/nginx:1@" + Digest)]
    [InlineData("normalized", "DOCKER.IO:443/acme/api", "registry.example.com/hub/acme/api")]
    [InlineData("hostInPath", "registry-1.docker.io/a/b", "registry.example.com/hub/docker.io/a/b")]
    public void Decide_Rewrite_ChangesOnlyRegistryAndPrefix(string path, string image, string expected)
    {
        var engine = PolicyText.Engine(
            $"rules: [{{name: hub, match: {{registries: [docker.io]}}, action: rewrite, target: registry.example.com/hub, path: {path}, imagePullSecrets: [s]}}]\ndefault: allow");

        var decision = engine.Decide(new ImageContext(image));

        Assert.Equal((ImageAction.Rewrite, "hub", expected), (decision.Action, decision.Rule, decision.Image));
        Assert.Equal(["s"], decision.ImagePullSecrets);
    }

    [Fact]
    public void Decide_SourceWithPort_GetsAPathThatNoOtherHostGets() =>
        Assert.Equal(
            "registry.example.com/m/a.example.org_5000/x",
            PolicyText.Engine("rules: [{name: r, match: {registries: ['a.example.org:5000']}, action: rewrite, target: registry.example.com/m, path: hostInPath}]\ndefault: deny")
                .Decide(new ImageContext("A.example.org:05000/x")).Image);

    [Fact]
    public void Decide_EverySampleAndVector_TwiceIsOnce()
    {
        foreach (var text in PolicyText.Samples)
        {
            var engine = PolicyText.Engine(text);
            foreach (var image in ReferenceVector.All.Select(vector => vector.Input).Append("nginx:latest").Append("a.example.org/x:1"))
            {
                Assert.All(KnownFacts, facts => Check(engine, image, facts));
            }

            RandomRuns.Each(small: 200, full: 10_000, random => Check(engine, ReferenceText.Random(random), KnownFacts[random.Next(KnownFacts.Length)]));
        }

        static void Check(PolicyEngine engine, string image, RegistryFacts facts)
        {
            var once = engine.Decide(new ImageContext(image) { Facts = facts });
            var twice = engine.Decide(new ImageContext(once.Image) { Facts = facts });

            Assert.Equal(once.Image, twice.Image);
            Assert.NotEqual(ImageAction.Rewrite, twice.Action);
        }
    }

    [Fact]
    public void Decide_OnlyOneRegistryAllowed_NoOtherIsEverAllowed()
    {
        var engine = PolicyText.Engine("rules: [{name: ours, match: {registries: [registry.example.com]}, action: allow}]\ndefault: deny");
        RandomRuns.Each(small: 2_000, full: 100_000, random =>
        {
            var image = ReferenceText.Random(random);
            if (engine.Decide(new ImageContext(image)).Action != ImageAction.Deny)
            {
                Assert.StartsWith("registry.example.com", ReferenceOracle.Normalize(image), StringComparison.OrdinalIgnoreCase);
                Assert.Matches(@"\A[rR]egistry\.example\.com(:0*443)?/", image);
            }
        });
    }

    [Theory]
    [InlineData("registry.example.com.evil.org/x")]
    [InlineData("evilregistry.example.com/x")]
    [InlineData("registry.example.com:5000/x")]
    [InlineData("registry.example.com_/x")]
    [InlineData("registry_example.com/x")]
    [InlineData("docker.io/registry.example.com/x")]
    [InlineData("registry.example.com")]
    [InlineData("registry.example.com:443")]
    [InlineData("evil_host.com/registry.example.com/x")]
    [InlineData("registry.example.com@evil.org/x")]
    public void Decide_LookAlike_IsDenied(string image) =>
        Assert.Equal(
            ImageAction.Deny,
            PolicyText.Engine("rules: [{name: ours, match: {registries: [registry.example.com]}, action: allow}]\ndefault: deny").Decide(new ImageContext(image)).Action);

    [Theory]
    [InlineData("nginx", nameof(ImageAction.Deny))]
    [InlineData("nginx:latest", nameof(ImageAction.Deny))]
    [InlineData("nginx:latest@" + Digest, nameof(ImageAction.Deny))]
    [InlineData("nginx:1", nameof(ImageAction.Allow))]
    [InlineData("nginx@" + Digest, nameof(ImageAction.Allow))]
    [InlineData("localhost:5000/nginx", nameof(ImageAction.Deny))]
    public void Decide_LatestForbidden_KnowsWhatAMissingTagMeans(string image, string expected) =>
        Assert.Equal(expected, PolicyText.Engine("default: allow\nrequire: {forbidTags: [latest]}").Decide(new ImageContext(image)).Action.ToString());

    [Fact]
    public void Decide_NamespaceLabelsUnknown_IsUnknownOnlyIfTheRuleMightMatch()
    {
        var engine = PolicyText.Engine("""
            rules:
              - name: prod
                match: {registries: [docker.io], namespaceLabels: {matchLabels: {env: prod}}}
                action: deny
            default: allow
            """);

        Assert.Equal((ImageAction.Unknown, "prod"), Decided("nginx", null));
        Assert.Equal((ImageAction.Allow, "default"), Decided("ghcr.io/a/b", null));
        Assert.Equal((ImageAction.Deny, "prod"), Decided("nginx", "prod"));
        Assert.Equal((ImageAction.Allow, "default"), Decided("nginx", "test"));

        (ImageAction, string) Decided(string image, string? env)
        {
            var decision = engine.Decide(new ImageContext(image) { NamespaceLabels = env is null ? null : new Dictionary<string, string> { ["env"] = env } });
            return (decision.Action, decision.Rule);
        }
    }

    [Fact]
    public void Decide_Matchers_AllMustHold()
    {
        var engine = PolicyText.Engine("""
            rules:
              - name: one
                match:
                  namespaces: ["prod-*"]
                  notNamespaces: [prod-x]
                  containers: ["istio-*"]
                  users: ["system:serviceaccount:ci:*"]
                  podLabels: {matchExpressions: [{key: a, operator: In, values: ["1", "2"]}, {key: b, operator: DoesNotExist}]}
                action: allow
            default: deny
            """);
        var context = new ImageContext("nginx")
        {
            Namespace = "prod-1",
            Container = "istio-proxy",
            User = "system:serviceaccount:ci:builder",
            PodLabels = new Dictionary<string, string> { ["a"] = "2" },
        };

        Assert.Equal(ImageAction.Allow, engine.Decide(context).Action);
        ImageContext[] others =
        [
            context with { Namespace = "prod-x" }, context with { Namespace = "test" }, context with { Namespace = null }, context with { Container = "app" },
            context with { Container = null }, context with { User = "admin" }, context with { User = null },
            context with { PodLabels = new Dictionary<string, string> { ["a"] = "3" } }, context with { PodLabels = new Dictionary<string, string> { ["a"] = "1", ["b"] = "" } },
        ];
        Assert.All(others, other => Assert.Equal(ImageAction.Deny, engine.Decide(other).Action));
    }

    [Theory]
    [InlineData("warn", nameof(Existence.Absent), nameof(ImageAction.Rewrite), 1)]
    [InlineData("warn", nameof(Existence.Unknown), nameof(ImageAction.Rewrite), 1)]
    [InlineData("deny", nameof(Existence.Absent), nameof(ImageAction.Deny), 0)]
    [InlineData("deny", nameof(Existence.Unknown), nameof(ImageAction.Unknown), 0)]
    [InlineData("keepSource", nameof(Existence.Absent), nameof(ImageAction.Warn), 1)]
    [InlineData("keepSource", nameof(Existence.Present), nameof(ImageAction.Rewrite), 0)]
    [InlineData("keepSource", nameof(Existence.NotChecked), nameof(ImageAction.Rewrite), 0)]
    public void Decide_Check_DependsOnWhatTheTargetHas(string exists, string existence, string expected, int warnings)
    {
        var engine = PolicyText.Engine(
            $"rules: [{{name: hub, match: {{registries: [docker.io]}}, action: rewrite, target: registry.example.com}}]\ndefault: allow\ncheck: {{exists: {exists}}}");

        var question = engine.Decide(new ImageContext("nginx") { Facts = RegistryFacts.Unasked }).Question;
        Assert.Equal((RegistryQuestionKind.Existence, "registry.example.com/library/nginx"), (question?.Kind, question?.Image));
        var decision = engine.Decide(new ImageContext("nginx") { Facts = RegistryFacts.Unasked with { Existence = Enum.Parse<Existence>(existence) } });
        Assert.Equal((expected, warnings, null), (decision.Action.ToString(), decision.Warnings.Count, decision.Question));
    }

    [Fact]
    public void Decide_Pin_TakesTheLockThenTheRegistry()
    {
        var text = "default: allow\npin: {lockFile: images.lock, registryLookup: fallback, onMiss: deny}\nrequire: {digest: true}";
        var engine = PolicyText.Engine(text, $"version: 1\nimages:\n  nginx:1: {Digest}\n");

        Assert.Equal($"docker.io/nginx:1@{Digest}", engine.Decide(new ImageContext("docker.io/nginx:1")).Image);
        Assert.Equal((ImageAction.Deny, "pin"), Decided(RegistryFacts.Offline));
        var question = engine.Decide(new ImageContext("nginx") { Facts = RegistryFacts.Unasked }).Question;
        Assert.Equal((RegistryQuestionKind.Digest, "nginx"), (question?.Kind, question?.Image));
        Assert.Equal((ImageAction.Rewrite, "default"), Decided(new RegistryFacts { DigestAsked = true, Digest = Digest }));
        Assert.Equal((ImageAction.Deny, "pin"), Decided(new RegistryFacts { DigestAsked = true }));

        (ImageAction, string) Decided(RegistryFacts facts)
        {
            var decision = engine.Decide(new ImageContext("nginx") { Facts = facts });
            return (decision.Action, decision.Rule);
        }
    }

    [Fact]
    public void Decide_Denied_NamesImageRuleAndAnAlternative()
    {
        var engine = PolicyText.Engine("""
            rules:
              - {name: no-hub-in-prod, match: {registries: [docker.io], namespaces: [prod]}, action: deny}
              - {name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub}
            default: allow
            """);

        var decision = engine.Decide(new ImageContext("nginx:1") { Namespace = "prod" });

        Assert.Equal("nginx:1 is denied: rule no-hub-in-prod forbids it; use registry.example.com/hub/library/nginx:1 instead", decision.Message);
        Assert.Equal("registry.example.com/hub/library/nginx:1", decision.Alternative);
    }

    [Fact]
    public void Decide_Trace_TellsEveryStep()
    {
        List<string> trace = [];
        PolicyText.Engine("rules: [{name: a, match: {registries: [ghcr.io]}, action: allow}, {name: b, action: rewrite, target: r.example.com}]\ndefault: deny")
            .Decide(new ImageContext("nginx"), trace);

        Assert.Equal(
            ["nginx is docker.io/library/nginx", "rule a: no match, registries: docker.io is none of them", "rule b: matches, rewrite to r.example.com (Normalized)", "rewritten to r.example.com/library/nginx"],
            trace);
    }

    [Fact]
    public void Decide_ResultTooLong_IsDeniedAndNotSent()
    {
        var engine = PolicyText.Engine("rules: [{name: r, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/prefix}]\ndefault: allow");
        var image = new string('a', 247);
        Assert.True(ImageReference.TryParse(image, out _, out _));

        Assert.Equal(ImageAction.Deny, engine.Decide(new ImageContext(image)).Action);
    }
}
