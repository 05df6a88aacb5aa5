using ImageRegistryWebhook.Guarding;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>A change of a generated guard policy that must be found: a part of an expression in place of another.</summary>
internal sealed record GuardMutant(string Name, string Policy, string Part, string Replacement)
{
    public static IReadOnlyList<GuardMutant> All { get; } =
    [
        new("created init containers", "default: deny", "object.?spec.?initContainers.orValue([]).map(", "object.?spec.?none.orValue([]).map("),
        new("created containers", "default: deny", "object.?spec.?containers.orValue([]).map(", "object.?spec.?none.orValue([]).map("),
        new("created ephemeral containers", "default: deny", "object.?spec.?ephemeralContainers.orValue([]).map(c", "object.?spec.?none.orValue([]).map(c"),
        new("image volumes", "default: deny", "object.?spec.?volumes", "object.?spec.?none"),
        new("the image of an update", "default: deny", "&& o.?image.orValue('') == c.?image.orValue('')", ""),
        new("the name of the old container", "default: deny", "o.?name.orValue('') == c.?name.orValue('')", "true"),
        new("the image of the old container", "default: deny", "oldObject.?spec.?containers ? []", "oldObject.?spec.?containers || true ? []"),
        new("old ephemeral containers", "default: deny", "filter(c, !(c.?name", "filter(c, (c.?name"),
        new("the subresource", "default: deny", "== 'ephemeralcontainers'", "== 'ephemeralContainers'"),
        new("every update", "default: deny", "request.operation != 'UPDATE'", "request.operation != 'PATCH'"),
        new("64 digits", "default: allow", "^[a-f0-9]{64}$')", "^[a-f0-9]{65}$')"),
        new("image ids", "default: allow", "^sha(256|384|512):", "^sha(257|384|512):"),
        new("capitals in paths", "default: allow", "(/[a-z0-9]+", "(/[a-zA-Z0-9]+"),
        new("capitals in the first component", "default: allow", "'^[a-z0-9]+((", "'^[a-zA-Z0-9]+(("),
        new("a short digest", "default: allow", "sha256:[a-f0-9]{64}", "sha256:[a-f0-9]{63,64}"),
        new("a long tag", "default: allow", "{0,127}", "{0,128}"),
        new("the end of the image", "default: allow", "[a-f0-9]{128}))?$", "[a-f0-9]{128}))?"),
        new("the begin of the path", "default: allow", "!m.w.matches('^[a-z0-9]+", "!m.w.matches('[a-z0-9]+"),
        new("underscores in hosts", "default: allow", "([a-z0-9-]*[a-z0-9])?(\\\\.", "([a-z0-9_-]*[a-z0-9])?(\\\\."),
        new("a long path", "default: allow", "m.p.size() > 255", "m.p.size() > 256"),
        new("capitals in hosts", GuardPolicyText.Ports, ".lowerAscii()", ""),
        new("names of Docker Hub", GuardPolicyText.Ports, "'registry-1.docker.io', ", ""),
        new("leading zeros of ports", GuardPolicyText.Ports, "(:[1-9][0-9]*)?$", "(:[0-9]+)?$"),
        new("addresses in brackets", GuardPolicyText.Ports, "!m.h.matches('^[^\\\\[:]*", "!m.h.matches('^.*"),
        new("the port of https on the node", GuardPolicyText.Node, "^|\\\\.)localhost:443$", "^|\\\\.)localhorst:443$"),
        new("the port of https on addresses", GuardPolicyText.Node, "(^|\\\\.)[a-z][^.:]*:443$", "(^|\\\\.)[a-z0-9][^.:]*:443$"),
        new("below a domain", GuardPolicyText.Node, ".endsWith('.example.org')", ".endsWith('example.org')"),
        new("library", GuardPolicyText.Ports, "'library/' : ''", "'' : ''"),
        new("library only if not written", GuardPolicyText.Ports, "&& !m.w.contains('/') ?", "?"),
        new("an index of Docker Hub", GuardPolicyText.Ports, "m.x in ['', 'index.docker.io/']", "m.x in ['']"),
        new("no tag, but a digest", GuardPolicyText.Tags, "m.t == '' && m.g == ''", "m.t == ''"),
        new("a digest", GuardPolicyText.Tags, "m.g != ''", "m.t != ''"),
        new("the begin of a tag", GuardPolicyText.Tags, "m.t.startsWith(':1.')", "m.t.startsWith(':1')"),
        new("the middle of a tag", GuardPolicyText.Tags, "(?s)^:v.*1$", "(?s)^:v.*"),
        new("volumes have no container", GuardPolicyText.Tags, "m.k == 'c' && ", ""),
        new("the rule's order", GuardPolicyText.Tags, "? 'rule bare: the rule forbids it'", "&& false ? 'rule bare: the rule forbids it'"),
        new("labels of the namespace", GuardPolicyText.Labels, "!('registry' in variables.namespaceLabels", "('registry' in variables.namespaceLabels"),
        new("labels that are not known", GuardPolicyText.Labels, "namespaceObject.metadata", "namespaceObject.?metadata"),
        new("a label's value", GuardPolicyText.Labels, "variables.podLabels['job'] in ['build']", "true"),
        new("a missing label", GuardPolicyText.Labels, "!('job' in variables.podLabels)", "true"),
        new("excluded namespaces", GuardPolicyText.Labels, "!((variables.namespace == 'ci'", "((variables.namespace == 'ci'"),
        new("the end of a namespace", GuardPolicyText.Labels, "variables.namespace.endsWith('-prod')", "variables.namespace == '-prod'"),
        new("the lock file", GuardPolicyText.Locked, "in variables.locked", "in ['']"),
        new("latest is implied by the lock", GuardPolicyText.Locked, "':latest' : m.t", "'' : m.t"),
        new("several images", "default: deny", "variables.refusals.size() == 0", "variables.refusals.size() <= 1"),
        new("a tag is required", "require-tag", "m.t == '' ? 'require: it has no tag'", "m.t == ':' ? 'require: it has no tag'"),
        new("a digest is required", "require-digest", "m.g == '' ? 'require: it has no digest'", "m.t == ':' ? 'require: it has no digest'"),
        new("a forbidden tag", "forbid-latest", "m.t == ':latest'", "m.t == ':LATEST'"),
        new("no tag means latest", "forbid-latest", "m.t == '' && m.g == '' ? 'require", "m.t == ':' && m.g == '' ? 'require"),
        new("a missed rewrite", "replace-registry", "? 'rewrite (rule", "? m.q : false ? 'rewrite (rule"),
        new("the default", "allowed-registries", "'default: no rule allows it'", "m.q"),
        new("a denied wildcard", "disallowed-registries", ".endsWith('.evil.example')", ".endsWith('.evil.example/')"),
        new("a repository's end", "allowed-by-namespace", "m.p.startsWith('team-a/')", "m.p.startsWith('team-a')"),
        new("a star within a component", "allowed-by-namespace", "'^mirror/[^/]*/nginx$'", "'^mirror/.*/nginx$'"),
        new("a team's namespace", "allowed-by-namespace", "variables.scope2", "true"),
        new("a namespace's begin", "allowed-by-namespace", "variables.namespace.startsWith('team-a-')", "variables.namespace.startsWith('team-a')"),
        new("a container's name", "sidecars", "m.n.startsWith('linkerd-')", "m.n.contains('linkerd-')"),
        new("a user's begin", "trusted-users", "variables.user.startsWith(", "variables.user.contains("),
        new("a rule's user", "trusted-users", "&& variables.user.startsWith('system:serviceaccount:ci:builder-')", ""),
        new("a pod's label", "trusted-users", "('job' in variables.podLabels && variables.podLabels['job'] in ['build'])", "'job' in variables.podLabels"),
        new("an unpinned image", GuardPolicyText.Pinned, "m.g == '' ? 'pin", "m.g == 'x' ? 'pin"),
    ];

    /// <summary>The rigs without and with the change.</summary>
    public (GuardRig Right, GuardRig Wrong) Apply()
    {
        var engine = Examples.Names.Contains(Policy) ? new PolicyEngine(Examples.Load(Policy).Policy!) : PolicyText.Engine(Policy);
        return (new GuardRig(engine), new GuardRig(engine, Mutate));
    }

    private GeneratedGuard Mutate(GeneratedGuard guard)
    {
        var mutant = guard with
        {
            Variables = [.. guard.Variables.Select(variable => (variable.Name, variable.Expression.Replace(Part, Replacement, StringComparison.Ordinal)))],
            Validation = guard.Validation.Replace(Part, Replacement, StringComparison.Ordinal),
        };
        Assert.True(mutant.Validation != guard.Validation || !mutant.Variables.SequenceEqual(guard.Variables), $"{Name}: the policy has no {Part}");
        return mutant;
    }
}
