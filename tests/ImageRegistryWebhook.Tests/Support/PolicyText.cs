using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>Policies for tests.</summary>
internal static class PolicyText
{
    /// <summary>The default lock file of policies in tests.</summary>
    public const string Lock =
        $$"""
        version: 1
        images:
          nginx: {{SamplePods.Digest}}
          nginx:1.9: {{SamplePods.Digest}}
          a.example.org/x:1: {{SamplePods.Digest}}
          registry.example.com/hub/acme/init: {{SamplePods.Digest}}
        """;

    public static PolicyEngine Engine(string text, string images = Lock)
    {
        var load = PolicyReader.Read(text, "policy.yaml", _ => images);
        Assert.Empty(load.Errors);
        return new PolicyEngine(load.Policy!);
    }

    public static string[] Errors(string text) => [.. PolicyReader.Read(text, "policy.yaml").Errors.Select(error => error.ToString())];

    public static string[] Warnings(string text) => [.. PolicyReader.Read(text, "policy.yaml").Warnings.Select(warning => warning.ToString())];

    /// <summary>Policies with every kind of rule, for properties of all policies.</summary>
    public static IReadOnlyList<string> Samples =>
    [
        "default: allow",
        "default: deny",
        "rules: [{name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub}]\ndefault: allow",
        "rules: [{name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub, path: asWritten}]\ndefault: allow",
        "rules: [{name: hub, match: {registries: [docker.io]}, action: rewrite, target: 'registry.example.com:5000', path: hostInPath}]\ndefault: allow",
        "rules: [{name: all, action: rewrite, target: registry.example.com}]\ndefault: deny",
        "rules: [{name: all, action: rewrite, target: registry.example.com, path: asWritten}]\ndefault: deny",
        "rules: [{name: all, action: rewrite, target: docker.io}]\ndefault: deny",
        """
        rules:
          - {name: ours, match: {registries: [registry.example.com], repositories: [mirror/]}, action: allow}
          - {name: all, action: rewrite, target: registry.example.com/mirror, path: hostInPath}
        default: deny
        """,
        """
        rules:
          - {name: official, match: {registries: [docker.io], repositories: [library/]}, action: rewrite, target: a.example.com}
          - {name: latest, match: {tags: [latest, ""]}, action: warn, message: unstable}
          - {name: v6, match: {registries: ["*.example.org"], digest: absent}, action: rewrite, target: "[::1]:5000/x"}
        default: allow
        require: {forbidTags: [latest]}
        """,
        """
        rules:
          - {name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub}
          - {name: ours, match: {registries: [registry.example.com, "*.example.org"]}, action: allow}
        default: deny
        pin: {lockFile: images.lock, registryLookup: fallback}
        check: {exists: keepSource}
        """,
        """
        rules:
          - {name: hub, match: {registries: [docker.io, "*.docker.io"]}, action: rewrite, target: registry.example.com, path: hostInPath}
          - {name: ours, match: {registries: [registry.example.com]}, action: allow}
        default: allow
        pin: {lockFile: images.lock, onMiss: deny}
        require: {digest: true}
        """,
        """
        rules:
          - {name: latest, match: {tags: [latest]}, action: warn}
          - {name: below, match: {registries: ["*.example.org", "*.docker.com"]}, action: rewrite, target: registry.example.com/m}
        default: allow
        pin: {registryLookup: fallback, onMiss: deny}
        check: {exists: deny}
        """,
        """
        rules:
          - {name: below, match: {registries: ["*.example.com"]}, action: allow}
          - {name: tagged, match: {tags: ["*"], digest: absent}, action: rewrite, target: a.example.com/m}
          - {name: rest, match: {registries: [docker.io]}, action: warn}
        default: deny
        pin: {lockFile: images.lock}
        check: {exists: warn}
        """,
    ];
}
