namespace AdmissionSdk.CommandLine.Checking;

/// <summary>The parts of a request that a manifest does not have.</summary>
/// <param name="Namespace">The namespace of an object without one in its manifest.</param>
/// <param name="User">The name of the user who will apply the manifests.</param>
/// <param name="Groups">The user's groups.</param>
internal sealed record ReviewFacts(string Namespace, string User, IReadOnlyList<string> Groups);
