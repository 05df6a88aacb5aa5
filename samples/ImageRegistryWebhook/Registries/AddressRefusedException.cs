namespace ImageRegistryWebhook.Registries;

/// <summary>A host has only addresses that it must not be connected to at.</summary>
internal sealed class AddressRefusedException(string host) : IOException($"{host} has no address that it may be connected to at");
