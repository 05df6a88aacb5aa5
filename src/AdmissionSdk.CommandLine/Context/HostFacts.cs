namespace AdmissionSdk.CommandLine.Context;

/// <summary>What the built application says of itself.</summary>
/// <param name="Port">The port it listens on.</param>
/// <param name="ServesTls">Whether <c>AddAdmissionTls</c> was called, so that it listens there.</param>
/// <param name="ReadsNamespaces">Whether it keeps a cache of namespaces.</param>
/// <param name="ReadsOwnConfigurations">Whether it watches its webhook configurations for drift.</param>
internal sealed record HostFacts(int Port, bool ServesTls, bool ReadsNamespaces, bool ReadsOwnConfigurations);
