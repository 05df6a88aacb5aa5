using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Tests.Policies;

/// <remarks>Covers <see cref="PolicyReader"/>, <see cref="MatchReader"/>, <see cref="PolicySectionReader"/>, <see cref="LockReader"/>, <see cref="RepositoryPattern"/>, <see cref="PolicyProof"/>, <see cref="RuleAlgebra"/>, <see cref="RuleResults"/>.</remarks>
public sealed class PolicyReaderTests
{
    [Fact]
    public void Read_EverythingWrong_ReportsAllWithTheirPlaces()
    {
        var errors = PolicyText.Errors("""
            rules:
              - name: a
                match: {registry: [docker.io], registries: docker.io, tags: [1.25]}
                action: rewrit
              - name: a
                action: rewrite
              - nme: b
                action: allow
                target: x
            defualt: allow
            require: {digest: yes}
            check: {timeout: 1}
            """);

        Assert.Equal(
            [
                "policy.yaml:1:1: the policy needs \"default\"",
                "policy.yaml:3:13: unknown key \"registry\" in match; known are registries, repositories, tags, digest, namespaces, notNamespaces, namespaceLabels, podLabels, containers, users",
                "policy.yaml:3:48: registries must be a list of strings",
                "policy.yaml:3:66: each of tags must be a string, and 1.25 is a number; put it in quotes",
                "policy.yaml:4:13: action must be rewrite or allow or deny or warn, not \"rewrit\"",
                "policy.yaml:5:5: rules[1] needs \"target\"",
                "policy.yaml:5:5: there are two rules \"a\"; the other is at line 2",
                "policy.yaml:7:5: unknown key \"nme\" in rules[2]; known are name, match, action, target, path, imagePullSecrets, message, guard",
                "policy.yaml:7:5: rules[2] needs \"name\"",
                "policy.yaml:9:13: target is for rules with action rewrite",
                "policy.yaml:10:1: unknown key \"defualt\" in the policy; known are rules, default, require, pin, check, record, $schema",
                "policy.yaml:11:19: digest must be true or false",
                "policy.yaml:12:18: timeout must be a string, and 1 is a number; put it in quotes",
            ],
            errors);
    }

    [Theory]
    [InlineData("", "1:1: the file is empty; a policy is expected")]
    [InlineData("default: allow\ndefault: deny", "2:1: the key \"default\" is there twice")]
    [InlineData("default: allow\n---\ndefault: deny", "3:1: the file has a second document; a policy is one document")]
    [InlineData("[]", "1:1: the policy must be a mapping")]
    [InlineData("default: maybe", "1:10: default must be allow or deny, not \"maybe\"")]
    [InlineData("default: allow\npin: {}", "2:6: pin has neither a lockFile nor registryLookup: fallback, so that there is nothing to pin with")]
    [InlineData("default: allow\nrules: [{name: default, action: allow}]", "2:16: the name \"default\" is reserved, as all of default, invalid, require, pin, check; use another name")]
    [InlineData("default: allow\nrules: [{name: a, action: allow, match: {registries: []}}]", "2:54: registries is empty, which matches nothing; leave it out")]
    [InlineData("default: allow\nrules: [{name: a, action: allow, match: {registries: ['https://a']}}]", "2:55: registry \"https://a\" is a URL; write only the host")]
    [InlineData("default: allow\nrules: [{name: a, action: allow, match: {registries: [a.b/c]}}]", "2:55: registry \"a.b/c\" has a path; paths belong into repositories")]
    [InlineData("default: allow\nrules: [{name: a, action: allow, match: {registries: ['a*.b']}}]", "2:55: registry \"a*.b\" has a \"*\" elsewhere than in a leading \"*.\"")]
    [InlineData("default: allow\nrules: [{name: a, action: rewrite, target: a.b, imagePullSecrets: [A]}]", "2:68: imagePullSecrets: \"A\" is not the name of a Secret")]
    [InlineData("default: allow\nrules: [{name: a, action: rewrite, target: mirror/hub}]", "2:44: target \"mirror/hub\" does not begin with a registry: \"mirror\" alone would be read as a path on Docker Hub; a host has a dot, a port, or is localhost")]
    [InlineData("default: allow\nrules: [{name: a, action: rewrite, target: 'r.example.com/x:1'}]", "2:44: target \"r.example.com/x:1\" is not host[:port][/prefix]")]
    public void Read_OneError_IsOneMessage(string text, string expected) => Assert.Equal(["policy.yaml:" + expected], PolicyText.Errors(text));

    [Theory]
    [InlineData("a.com -> b.com, b.com -> c.com", "what rule \"r0\" rewrites to b.com, rule \"r1\" would rewrite again to c.com")]
    [InlineData("a.com -> b.com, b.com -> a.com", "what rule \"r0\" rewrites to b.com, rule \"r1\" would rewrite again to a.com")]
    [InlineData("a.com -> a.com/x", "rule \"r0\" would rewrite its own results again")]
    [InlineData("a.com -> x.docker.io, *.docker.io -> b.com", "what rule \"r0\" rewrites to x.docker.io, rule \"r1\" would rewrite again to b.com")]
    [InlineData("docker.io -> b.com, b.com:443 -> c.com", "what rule \"r0\" rewrites to b.com, rule \"r1\" would rewrite again to c.com")]
    public void Read_RewrittenAgain_IsAnErrorThatNamesBothRules(string rules, string expected) =>
        Assert.Contains(PolicyText.Errors(Rewrites(rules)), error => error.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("a.com -> b.com, c.com -> b.com")]
    [InlineData("a.com -> b.com/a, c.com -> b.com/c")]
    [InlineData("a.com -> a.com")]
    [InlineData("a.com -> b.com/x, b.com -> b.com")]
    public void Read_StableRewrites_AreAccepted(string rules) => Assert.Empty(PolicyText.Errors(Rewrites(rules)));

    [Theory]
    [InlineData("{registries: [quay.io], repositories: [nginx]}", "docker.io", "normalized")]
    [InlineData("{registries: [quay.io]}", "index.docker.io", "normalized")]
    [InlineData("{registries: [quay.io], repositories: [library/nginx]}", "docker.io", "asWritten")]
    public void Read_RewriteToDockerHub_KnowsThatOneComponentIsBelowLibrary(string match, string target, string path) =>
        Assert.Contains("rule \"official\" would rewrite again to mirror.example.com", Assert.Single(PolicyText.Errors(Chain(match, target, path))), StringComparison.Ordinal);

    [Theory]
    [InlineData("{registries: [quay.io], repositories: [acme/nginx]}", "docker.io", "normalized")]
    [InlineData("{registries: [quay.io], repositories: [nginx]}", "registry-1.docker.io", "normalized")]
    [InlineData("{registries: [quay.io], repositories: [nginx]}", "docker.io/acme", "normalized")]
    [InlineData("{registries: [quay.io], repositories: [nginx]}", "docker.io", "hostInPath")]
    public void Read_RewriteToDockerHubElsewhere_IsAccepted(string match, string target, string path) => Assert.Empty(PolicyText.Errors(Chain(match, target, path)));

    [Fact]
    public void Read_RuleForDigestsRewritesWhatPinGivesOne_IsAnErrorThatNamesBoth() =>
        Assert.Equal(
            [
                "policy.yaml:2:5: what rule \"tagged\" matches gets a digest by pin, and then rule \"pinned\" would rewrite it to mirror.example.com; let one rule decide about images with and without a digest",
            ],
            PolicyText.Errors("""
                rules:
                  - {name: tagged, match: {registries: [docker.io], digest: absent}, action: allow}
                  - {name: pinned, match: {registries: [docker.io], digest: present}, action: rewrite, target: mirror.example.com}
                default: allow
                pin: {registryLookup: fallback}
                """));

    [Fact]
    public void Read_RuleForDigestsRewritesWhatTheDefaultPins_IsAnError() =>
        Assert.Contains("what the default allows gets a digest by pin, and then rule \"pinned\"", Assert.Single(PolicyText.Errors("""
            rules:
              - {name: latest, match: {registries: [docker.io], tags: [latest], digest: absent}, action: deny}
              - {name: pinned, match: {registries: [docker.io], digest: present}, action: rewrite, target: mirror.example.com}
            default: allow
            pin: {registryLookup: fallback}
            """)), StringComparison.Ordinal);

    [Theory]
    [InlineData("[{name: a, match: {tags: ['']}, action: allow}]\ndefault: deny", "the default denies what rule \"a\" matches once it has got a digest by pin")]
    [InlineData("[{name: a, match: {digest: absent}, action: warn}]\ndefault: deny", "the default denies what rule \"a\" matches once it has got a digest by pin")]
    [InlineData("[{name: d, match: {digest: present}, action: deny}]\ndefault: allow", "rule \"d\" denies what the default allows once it has got a digest by pin")]
    public void Read_PinnedAndThenDenied_IsAWarning(string rules, string expected) =>
        Assert.Contains(expected, Assert.Single(PolicyText.Warnings($"rules: {rules}\npin: {{registryLookup: fallback}}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("[{name: a, match: {registries: [docker.io], tags: [latest]}, action: rewrite, target: b.com}, {name: b, match: {registries: [docker.io]}, action: allow}]\ndefault: allow")]
    [InlineData("[{name: a, match: {tags: ['', latest]}, action: warn}]\ndefault: allow")]
    [InlineData("[{name: a, match: {registries: [docker.io], digest: absent}, action: deny}, {name: b, match: {registries: [docker.io], digest: present}, action: rewrite, target: b.com}]\ndefault: allow")]
    [InlineData("[{name: a, match: {digest: absent}, action: allow}, {name: b, match: {digest: present}, action: warn}]\ndefault: deny")]
    public void Read_PinnedAndDecidedTheSame_IsAccepted(string rules)
    {
        Assert.Empty(PolicyText.Errors($"rules: {rules}\npin: {{registryLookup: fallback}}"));
        Assert.Empty(PolicyText.Warnings($"rules: {rules}\npin: {{registryLookup: fallback}}"));
    }

    [Fact]
    public void Read_RewriteOfEverything_NeedsARuleThatAllowsTheTarget()
    {
        const string Everything = "{name: all, action: rewrite, target: r.example.com/m}]\ndefault: deny";

        Assert.Single(PolicyText.Errors("rules: [" + Everything));
        Assert.Empty(PolicyText.Errors("rules: [{name: ours, match: {registries: [r.example.com], repositories: [m/]}, action: allow}, " + Everything));
        Assert.Single(PolicyText.Errors("rules: [{name: ours, match: {registries: [r.example.com], repositories: [n/]}, action: allow}, " + Everything));
        Assert.Single(PolicyText.Errors("rules: [{name: ours, match: {registries: [r.example.com], namespaces: [a]}, action: allow}, " + Everything));
    }

    [Theory]
    [InlineData("{registries: [docker.io]}", "{registries: [index.docker.io], repositories: [library/]}")]
    [InlineData("{registries: ['*.example.com']}", "{registries: [a.example.com, 'b.c.example.com:443']}")]
    [InlineData("{repositories: [acme/]}", "{repositories: ['acme/*/x']}")]
    [InlineData("{tags: ['v*']}", "{tags: [v1, 'v2.*']}")]
    [InlineData("{namespaces: ['prod-*']}", "{namespaces: [prod-1], notNamespaces: [x]}")]
    [InlineData("{notNamespaces: [a]}", "{notNamespaces: ['*a', a]}")]
    [InlineData("{}", "{users: [a]}")]
    [InlineData("{podLabels: {matchLabels: {a: b}}}", "{podLabels: {matchLabels: {c: d, a: b}}}")]
    public void Read_RuleBehindAWiderOne_IsUnreachable(string first, string second)
    {
        var errors = PolicyText.Errors(Two(first, second));

        Assert.Equal(["policy.yaml:3:5: rule \"two\" is unreachable: \"one\", which is before it, takes every image it matches"], errors);
        Assert.Empty(PolicyText.Errors(Two(second, first)));
    }

    [Fact]
    public void Read_RuleBehindTwoThatTakeItTogether_IsUnreachable() =>
        Assert.Contains("\"one\" and \"two\"", Assert.Single(PolicyText.Errors("""
            rules:
              - {name: one, match: {registries: [a.com]}, action: allow}
              - {name: two, match: {registries: [b.com]}, action: allow}
              - {name: three, match: {registries: [a.com, b.com]}, action: deny}
            default: deny
            """)), StringComparison.Ordinal);

    [Fact]
    public void Read_ResultsThatAreDenied_IsAWarning() =>
        Assert.Contains("the default denies what rule \"r0\" rewrites to b.com", Assert.Single(PolicyText.Warnings(Rewrites("a.com -> b.com", "deny"))), StringComparison.Ordinal);

    [Fact]
    public void Read_Json_IsReadToo() =>
        Assert.Empty(PolicyText.Errors("""{"rules": [{"name": "a", "match": {"tags": [""]}, "action": "warn", "message": "no \"tag\""}], "default": "allow"}"""));

    [Fact]
    public void Read_LockFile_IsReadWithThePolicy()
    {
        const string Text = "default: allow\npin: {lockFile: images.lock}";

        Assert.Equal(
            ["images.lock:2:17: \"nope\" is not a digest: invalid reference format"],
            PolicyReader.Read(Text, "policy.yaml", _ => "version: 1\nimages: {nginx: nope}").Errors.Select(error => error.ToString()));
        Assert.Equal(
            ["policy.yaml:2:6: the lock file images.lock cannot be read: gone"],
            PolicyReader.Read(Text, "policy.yaml", _ => throw new IOException("gone")).Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void Read_SchemaOfTheEditor_IsNotAnError()
    {
        Assert.Empty(PolicyText.Errors("$schema: policy.schema.json\ndefault: allow"));
        Assert.Equal(["policy.yaml:1:10: $schema must be a string, and 1 is a number; put it in quotes"], PolicyText.Errors("$schema: 1\ndefault: allow"));
    }

    private static string Rewrites(string rules, string otherwise = "allow") => "rules:\n" + string.Concat(rules.Split(", ").Select((rule, index) =>
    {
        var ends = rule.Split(" -> ");
        return $"  - {{name: r{index}, match: {{registries: ['{ends[0]}']}}, action: rewrite, target: '{ends[1]}'}}\n";
    })) + $"default: {otherwise}\n";

    private static string Chain(string match, string target, string path) =>
        $$"""
        rules:
          - {name: first, match: {{match}}, action: rewrite, target: {{target}}, path: {{path}}}
          - {name: official, match: {registries: [docker.io], repositories: [library/]}, action: rewrite, target: mirror.example.com}
        default: allow
        """;

    private static string Two(string first, string second) =>
        $"rules:\n  - {{name: one, match: {first}, action: allow}}\n  - {{name: two, match: {second}, action: deny}}\ndefault: deny\n";
}
