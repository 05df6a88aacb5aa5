using System.Text;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Tests.Policies;

/// <summary>The promise of the proofs: under every accepted policy a second decision changes nothing.</summary>
/// <remarks>Covers <see cref="PolicyProof"/>, <see cref="RuleAlgebra"/>, <see cref="RuleResults"/>, <see cref="RepositoryPattern"/>, <see cref="RegistryPattern"/>.</remarks>
public sealed class PolicyProofTests
{
    private const string Digest = "sha256:e6693c20186f837fc393390135d8a598a96a833917917789d63766cab6c59582";

    private static readonly string[] Registries = ["docker.io", "quay.io", "b.example.com", "registry-1.docker.io", "'*.example.com'", "'*.docker.io'", "'*.docker.com'", "'*.com'"];
    private static readonly string[] Targets = ["docker.io", "registry-1.docker.io", "quay.io", "b.example.com", "b.example.com/hub", "a.b.example.com", "DOCKER.io"];
    private static readonly string[] Repositories = ["nginx", "'*'", "library/", "library/nginx", "hub/", "'*/*'", "acme/", "quay.io/", "hub/library/", "'acme/*'"];
    private static readonly string[] Tags = ["''", "latest", "'1'", "'*'"];
    private static readonly string[] Namespaces = ["prod", "'p*'", "test"];

    private static readonly List<string> Images =
    [
        .. from host in (string[])["", "docker.io/", "index.docker.io/", "registry-1.docker.io/", "registry.hub.docker.com/", "DOCKER.io/", "quay.io/", "b.example.com/", "a.b.example.com/"]
           from path in (string[])["nginx", "library/nginx", "acme/api", "hub/nginx", "hub/library/nginx", "quay.io/acme/api", "docker.io/library/nginx"]
           from tag in (string[])["", ":latest", ":1"]
           from digest in (string[])["", "@" + Digest]
           select host + path + tag + digest,
    ];

    private static readonly RegistryFacts[] KnownFacts =
    [
        RegistryFacts.Offline,
        .. from existence in (Existence[])[Existence.Present, Existence.Absent, Existence.Unknown]
           from digest in (string?[])[null, Digest]
           select new RegistryFacts { Existence = existence, DigestAsked = true, Digest = digest },
    ];

    [Fact]
    public void Decide_EveryPolicyThatIsAccepted_TwiceIsOnce()
    {
        int accepted = 0, rewritten = 0, pinned = 0;
        RandomRuns.Each(small: 1_500, full: 30_000, random =>
        {
            var text = Policy(random);
            var load = PolicyReader.Read(text, "policy.yaml", _ => $"version: 1\nimages: {{nginx: {Digest}, 'quay.io/acme/api:1': {Digest}, 'b.example.com/hub/library/nginx:1': {Digest}}}");
            if (load.Policy is null)
            {
                return;
            }

            accepted++;
            var engine = new PolicyEngine(load.Policy);
            foreach (var image in Images)
            {
                var context = new ImageContext(image) { Facts = KnownFacts[random.Next(KnownFacts.Length)], Namespace = random.Next(2) == 0 ? "prod" : "test" };
                var once = engine.Decide(context);
                if (once.Action != ImageAction.Rewrite)
                {
                    continue;
                }

                rewritten++;
                pinned += once.Image.Contains('@', StringComparison.Ordinal) && !image.Contains('@', StringComparison.Ordinal) ? 1 : 0;
                var twice = engine.Decide(context with { Image = once.Image });
                Assert.True(twice.Image == once.Image && twice.Action != ImageAction.Rewrite, $"{image} becomes {once.Image} and then {twice.Image} ({context.Facts}) with\n{text}");
                Assert.True(twice.Action != ImageAction.Deny || load.Warnings.Count > 0, $"{image} becomes {once.Image} and is then denied, without a warning ({context.Facts}), with\n{text}");
            }
        });

        Assert.True(accepted > 100 && rewritten > 1000 && pinned > 1000, $"{accepted} were accepted; {rewritten} images were rewritten, {pinned} pinned");
    }

    private static string Policy(Random random)
    {
        var text = new StringBuilder("rules:\n");
        for (var number = random.Next(1, 4); number >= 0; number--)
        {
            var action = Pick(random, ["rewrite", "rewrite", "allow", "allow", "warn", "deny"]);
            text.Append($"  - {{name: r{number}, action: {action}");
            if (action == "rewrite")
            {
                text.Append($", target: {Pick(random, Targets)}, path: {Pick(random, ["normalized", "normalized", "asWritten", "hostInPath"])}");
            }

            List<string> match = [];
            Add(match, random, "registries", Registries, 4);
            Add(match, random, "repositories", Repositories, 2);
            Add(match, random, "tags", Tags, 1);
            Add(match, random, "namespaces", Namespaces, 1);
            if (random.Next(4) == 0)
            {
                match.Add($"digest: {Pick(random, ["absent", "present"])}");
            }

            text.Append($", match: {{{string.Join(", ", match)}}}}}\n");
        }

        text.Append($"default: {Pick(random, ["allow", "deny"])}\n");
        text.Append(Pick(random, ["", "pin: {registryLookup: fallback}\n", "pin: {lockFile: images.lock}\n", "pin: {lockFile: images.lock, registryLookup: fallback, onMiss: deny}\n"]));
        return text.Append(Pick(random, ["", "check: {exists: warn}\n", "check: {exists: keepSource}\n"])).ToString();
    }

    // A condition with one or two values, in so many of five cases.
    private static void Add(List<string> match, Random random, string key, string[] values, int ofFive)
    {
        if (random.Next(5) < ofFive)
        {
            match.Add($"{key}: [{string.Join(", ", Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pick(random, values)).Distinct())}]");
        }
    }

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];
}
