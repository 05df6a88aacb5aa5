namespace ImageRegistryWebhook.Tests.Support;

/// <summary>Policies with the kinds of conditions that the examples lack.</summary>
internal static class GuardPolicyText
{
    public const string Locked = "rules: [{name: hub, match: {registries: [docker.io]}, action: allow}]\ndefault: allow\npin: {lockFile: images.lock}";

    public const string Pinned = "default: allow\npin: {registryLookup: fallback, onMiss: deny}";

    public const string Ports =
        "rules: [{name: ports, match: {registries: ['registry.example.com:5000', '[::1]:5000', localhost]}, action: deny}, {name: official, match: {registries: [docker.io], repositories: [library/]}, action: deny}]\ndefault: allow";

    public const string Node = "rules: [{name: node, match: {registries: [localhost, '127.0.0.1', '*.example.org']}, action: allow}]\ndefault: deny";

    public const string Labels =
        """
        rules:
          - {name: any, match: {namespaceLabels: {matchExpressions: [{key: registry, operator: NotIn, values: [trusted]}, {key: tier, operator: Exists}]}}, action: deny}
          - {name: quiet, match: {podLabels: {matchExpressions: [{key: job, operator: DoesNotExist}]}, namespaceLabels: {matchLabels: {registry: trusted}}}, action: allow}
          - {name: built, match: {podLabels: {matchLabels: {job: build}}, notNamespaces: ["*-prod", ci]}, action: allow}
        default: deny
        """;

    public const string Tags =
        """
        rules:
          - {name: bare, match: {tags: [""]}, action: deny}
          - {name: fixed, match: {digest: present}, action: allow}
          - {name: releases, match: {tags: ["1.*", "v*1"]}, action: allow}
          - {name: named, match: {containers: ["*"], registries: [ghcr.io]}, action: allow}
        default: deny
        """;

    public static IReadOnlyList<string> All => [Locked, Pinned, Ports, Node, Labels, Tags];
}
