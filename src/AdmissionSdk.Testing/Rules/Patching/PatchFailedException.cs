namespace AdmissionSdk.Testing.Rules.Patching;

/// <summary>A patch that does not apply; the message is the one the API server's library gives (contract 12).</summary>
internal sealed class PatchFailedException(string message) : Exception(message);
