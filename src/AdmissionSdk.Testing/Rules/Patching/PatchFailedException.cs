namespace AdmissionSdk.Testing.Rules.Patching;

/// <summary>A patch that does not apply. The message is that of the API server's library (contract 12).</summary>
internal sealed class PatchFailedException(string message) : Exception(message);
