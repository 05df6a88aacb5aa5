using System.Text;
using System.Text.Json;
using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Tests.Policies;

/// <summary>The claim: no image is judged to be on an approved registry if the kubelet would pull it from another.</summary>
/// <remarks>Covers <see cref="PolicyEngine"/>, <see cref="RegistryPattern"/>, <see cref="RegistryHost"/>, <see cref="ImageReference"/>.</remarks>
public sealed class ApprovedRegistryTests
{
    // Approved registries of a policy, and the registries that images of them are pulled from.
    public static TheoryData<string, string> Approvals => new()
    {
        { HostileReference.Approved, "registry.example.com:443" },
        { "registry.example.com:5000", "registry.example.com:5000" },
        { "docker.io", "docker.io:443" },
        { "localhost", "localhost:80" },
        { "localhost:443", "localhost:443" },
        { "127.0.0.1", "127.0.0.1:80" },
        { "\"[2001:db8::1]\"", "[2001:db8::1]:443" },
        { "'*.example.com'", "*.example.com:443" },
        { "'*.registry.example.com:443'", "*.registry.example.com:443" },
        { "'*.example.com:5000'", "*.example.com:5000" },
        // Docker Hub has names below these domains, and another registry.
        { "'*.docker.com'", "*.docker.com:443" },
        { "'*.docker.io'", "*.docker.io:443" },
        { "'*.registry-1.docker.io'", "*.registry-1.docker.io:443" },
    };

    // Other parts of a policy, which must not turn a denial into an approval.
    private static readonly string[] Sections =
        ["", "pin: {registryLookup: fallback}\ncheck: {exists: keepSource}\n", "pin: {lockFile: images.lock, registryLookup: fallback, onMiss: deny}\nrequire: {digest: true}\n"];

    [Theory]
    [MemberData(nameof(Approvals))]
    public void Decide_HandMadeHostileStrings_AllowsOnlyTheApprovedRegistry(string pattern, string source)
    {
        var engine = Approving(pattern, "");
        var allowed = 0;
        foreach (var text in HostileReference.All())
        {
            allowed += AssertApproved(engine, text, source) ? 1 : 0;
        }

        // A policy that allows nothing would pass the checks above.
        Assert.True(allowed > 0 || pattern.Contains("5000", StringComparison.Ordinal), pattern);
    }

    [Fact]
    public void Decide_RandomHostileStrings_AllowsOnlyTheApprovedRegistry()
    {
        List<(PolicyEngine Engine, string Source)> engines =
        [
            .. Approvals.SelectMany(row => Sections.Select(sections => (Approving((string)row[0], sections), (string)row[1]))),
        ];
        var allowed = 0;
        RandomRuns.Each(small: 3_000, full: 100_000, random =>
        {
            var text = HostileReference.Random(random);
            foreach (var (engine, approved) in engines)
            {
                allowed += AssertApproved(engine, text, approved) ? 1 : 0;
            }
        });
        Assert.True(allowed > 100, $"only {allowed} were allowed at all");
    }

    [Fact]
    public void Decide_DenyListAndHostileStrings_NeverLetsADeniedRegistryThrough()
    {
        var engine = Engine("rules: [{name: hub, match: {registries: [docker.io, '*.evil.example', '*.docker.com']}, action: deny}]\ndefault: allow\n");
        static bool IsDenied(string text) => KubeletPull.Source(text) is "docker.io:443" or KubeletPull.Node
            || KubeletPull.Host(text) is { } host && (host.EndsWith(".evil.example:443", StringComparison.Ordinal) || host.EndsWith(".docker.com:443", StringComparison.Ordinal));
        foreach (var text in HostileReference.All().Where(IsDenied))
        {
            Assert.True(engine.Decide(new ImageContext(text)).Action == ImageAction.Deny, text);
        }
    }

    [Fact]
    public void Decide_EveryExamplePolicyAndHostileStrings_TwiceIsOnce()
    {
        var engines = Examples.Names.Select(name => new PolicyEngine(Examples.Load(name).Policy!)).ToList();
        var rewritten = 0;
        void Check(string text)
        {
            foreach (var engine in engines)
            {
                var once = engine.Decide(new ImageContext(text));
                if (once.Action == ImageAction.Rewrite)
                {
                    rewritten++;
                    var twice = engine.Decide(new ImageContext(once.Image));
                    Assert.True(twice.Action is ImageAction.Allow or ImageAction.Warn && twice.Image == once.Image, $"{text} became {once.Image}, then {twice.Action} {twice.Image}");
                    Assert.Equal("registry.example.com:443", KubeletPull.Source(once.Image));
                }
                else
                {
                    Assert.Equal(text, once.Image);
                }
            }
        }

        foreach (var text in HostileReference.All())
        {
            Check(text);
        }

        RandomRuns.Each(small: 3_000, full: 100_000, random => Check(HostileReference.Random(random)));
        Assert.True(rewritten > 1000, $"only {rewritten} were rewritten at all");
    }

    [Fact]
    public void Images_HostileStrings_AreJudgedAsByTheEngine()
    {
        using var run = new CommandRun();
        var policy = run.Write("policy.yaml", $"rules: [{{name: ours, match: {{registries: [{HostileReference.Approved}]}}, action: allow}}]\ndefault: deny\n");
        // Text that is not Unicode is U+FFFD in JSON, as for kubectl.
        List<string> strings = [.. HostileReference.All().Where(text => text.Length < 1000).Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)))];
        var pod = JsonSerializer.Serialize(new { apiVersion = "v1", kind = "Pod", spec = new { containers = strings.Select(text => new { image = text }) } });

        var (code, output, error) = run.Run(pod, "images", "--policy", policy, "--output", "json");

        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        var judged = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(strings, judged.Select(image => image.GetProperty("image").GetString()));
        Assert.Equal(
            strings.Select(text => KubeletPull.Source(text) == "registry.example.com:443" ? "allow" : "deny"),
            judged.Select(image => image.GetProperty("decision").GetString()));
    }

    [Theory]
    [InlineData("sha256:e6693c20186f837fc393390135d8a598a96a833917917789d63766cab6c59582")]
    [InlineData("sha256:e6693c20")]
    public void Decide_IdOfAnImageOnTheNode_IsRefusedEvenIfEverythingIsAllowed(string image)
    {
        var decision = Engine("default: allow\n").Decide(new ImageContext(image));

        Assert.Equal((ImageAction.Deny, PolicyRuleNames.Invalid), (decision.Action, decision.Rule));
        Assert.Equal($"\"{image}\" is the id of an image on the node, which may be from any registry; name the image", decision.Message);
    }

    [Theory]
    [InlineData("docker.io/sha256:e6693c20")]
    [InlineData("library/sha256:e6693c20")]
    [InlineData("sha256")]
    [InlineData("acme/sha256:1")]
    public void Decide_ImageCalledSha256_IsAnImage(string image) =>
        Assert.Equal(ImageAction.Allow, Engine("default: allow\n").Decide(new ImageContext(image)).Action);

    private static bool AssertApproved(PolicyEngine engine, string text, string approved)
    {
        var decision = engine.Decide(new ImageContext(text) { Facts = new RegistryFacts { Existence = Existence.Absent, DigestAsked = true, Digest = SamplePods.Digest } });
        var used = decision.Image;
        var isApproved = approved.StartsWith('*') ? KubeletPull.Host(used)?.EndsWith(approved[1..], StringComparison.Ordinal) == true : KubeletPull.Source(used) == approved;
        Assert.True(decision.Action == ImageAction.Deny || isApproved, $"\"{text}\" is allowed as \"{used}\" and comes from {KubeletPull.Host(used) ?? "nowhere"}");
        return decision.Action != ImageAction.Deny;
    }

    private static PolicyEngine Approving(string pattern, string sections) =>
        Engine($"rules: [{{name: ours, match: {{registries: [{pattern}]}}, action: allow}}]\ndefault: deny\n{sections}");

    private static PolicyEngine Engine(string text) => PolicyText.Engine(text);
}
