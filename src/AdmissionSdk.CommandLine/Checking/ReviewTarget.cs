using AdmissionSdk.CommandLine.Inputs;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>An object as the API server would know it.</summary>
/// <param name="Object">The object.</param>
/// <param name="Group">Its group.</param>
/// <param name="Version">Its version.</param>
/// <param name="Namespace">Its namespace; empty if it is in none.</param>
internal sealed record ReviewTarget(ManifestObject Object, string Group, string Version, string Namespace);
