namespace AdmissionSdk.Testing.Rules.Resources;

/// <summary>What a request to a subresource is; without a kind it carries its parent.</summary>
internal sealed record SubresourceInfo(string Operation, string? ApiVersion, string? Kind);
