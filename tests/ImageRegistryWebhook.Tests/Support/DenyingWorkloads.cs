namespace ImageRegistryWebhook.Tests.Support;

/// <summary>A running webhook that denies workloads, for a class of tests.</summary>
public sealed class DenyingWorkloads : IAsyncLifetime
{
    internal WebhookUnderTest Webhook { get; private set; } = null!;

    public async Task InitializeAsync() => Webhook = await WebhookUnderTest.StartAsync(MirrorPolicy.Text, "--Workloads=deny");

    public async Task DisposeAsync() => await Webhook.DisposeAsync();
}
