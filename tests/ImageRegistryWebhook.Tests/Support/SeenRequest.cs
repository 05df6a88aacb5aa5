namespace ImageRegistryWebhook.Tests.Support;

/// <summary>A request to a server of the tests.</summary>
internal sealed record SeenRequest(string Method, string Path, string Query, string? Authorization, string LocalAddress, string Headers);
