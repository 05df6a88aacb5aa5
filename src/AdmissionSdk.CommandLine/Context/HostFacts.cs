namespace AdmissionSdk.CommandLine.Context;

/// <summary>Facts about the built application that its manifests need.</summary>
/// <param name="Port">The port of the TLS listener.</param>
/// <param name="ServesTls">True if <c>AddAdmissionTls</c> was called, so that the application listens on the port.</param>
/// <param name="ReadsNamespaces">True if the application keeps a cache of namespaces.</param>
/// <param name="ManagedSecret">The name of the Secret of managed certificates.</param>
/// <param name="ReadsOwnConfigurations">True if the application compares its webhook configurations with the cluster.</param>
/// <param name="RepairsOwnConfigurations">True if the application puts its webhook configurations back.</param>
internal sealed record HostFacts(int Port, bool ServesTls, bool ReadsNamespaces, string ManagedSecret, bool ReadsOwnConfigurations, bool RepairsOwnConfigurations);
