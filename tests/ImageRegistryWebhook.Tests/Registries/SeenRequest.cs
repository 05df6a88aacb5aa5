namespace ImageRegistryWebhook.Tests.Registries;

/// <summary>What a server of the tests was sent.</summary>
internal sealed record SeenRequest(string Method, string Path, string Query, string? Authorization, string LocalAddress, string Headers);
