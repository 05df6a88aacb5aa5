namespace ImageRegistryWebhook.Tests.Support;

/// <summary>A running webhook for a class of tests, with a policy that has a rule of every kind.</summary>
public sealed class MirrorPolicy : IAsyncLifetime
{
    public const string Text =
        """
        rules:
          - {name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub, imagePullSecrets: [hub-mirror]}
          - {name: ours, match: {registries: [registry.example.com]}, action: allow}
          - {name: old, match: {registries: [old.example.com]}, action: warn, message: it moves soon}
          - {name: evil, match: {registries: [evil.example]}, action: deny, message: this registry is not approved}
          - {name: mirrored, match: {registries: [evil.example, ghcr.io], repositories: [acme/]}, action: rewrite, target: registry.example.com/acme}
        default: deny
        """;

    internal WebhookUnderTest Webhook { get; private set; } = null!;

    public async Task InitializeAsync() => Webhook = await WebhookUnderTest.StartAsync(Text);

    public async Task DisposeAsync() => await Webhook.DisposeAsync();
}
