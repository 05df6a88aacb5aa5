namespace ImageRegistryWebhook.Manifests;

/// <summary>What the items of a list are that do not say it themselves.</summary>
internal sealed record TypeName(string ApiVersion, string Kind);
