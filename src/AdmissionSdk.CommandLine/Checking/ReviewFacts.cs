namespace AdmissionSdk.CommandLine.Checking;

/// <summary>What manifests do not say about the requests that will bring them.</summary>
/// <param name="Namespace">The namespace of objects that name none.</param>
/// <param name="User">Who will apply them.</param>
/// <param name="Groups">The user's groups.</param>
internal sealed record ReviewFacts(string Namespace, string User, IReadOnlyList<string> Groups);
