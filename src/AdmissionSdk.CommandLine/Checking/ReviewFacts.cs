namespace AdmissionSdk.CommandLine.Checking;

/// <summary>The parts of a request that a manifest does not have.</summary>
/// <param name="Namespace">The namespace of an object without one in its manifest.</param>
/// <param name="User">The name of the user who will apply the manifests.</param>
/// <param name="Groups">The user's groups.</param>
/// <param name="IsUserKnown">True if the user and the groups were given, so that match conditions may rely on them.</param>
internal sealed record ReviewFacts(string Namespace, string User, IReadOnlyList<string> Groups, bool IsUserKnown);
