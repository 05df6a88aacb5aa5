namespace AdmissionSdk.Testing.Tests.Simulation.Support;

/// <summary>A rule that a version of Kubernetes brought, and how one request shows the rule.</summary>
/// <param name="Flag">The property of ServerBehaviour.</param>
/// <param name="Since">The minor version.</param>
/// <param name="Before">The observation in older versions.</param>
/// <param name="After">The observation from the version on.</param>
/// <param name="ObserveAsync">Makes the observation on a server of a version.</param>
public sealed record VersionedRule(string Flag, int Since, string Before, string After, Func<Version, Task<string>> ObserveAsync);
