namespace ImageRegistryWebhook.Registries;

/// <summary>A host has only addresses that the webhook must not connect to.</summary>
internal sealed class AddressRefusedException(string host) : IOException($"{host} has no address that the webhook may connect to; list its network in RegistryLookup:Registries to allow one");
