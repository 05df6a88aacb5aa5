namespace AdmissionSdk.Testing.Rules.Responses;

/// <summary>A failed call that failurePolicy decides (contract 11, CALLERR). The message is the inner reason.</summary>
internal sealed class CallFailedException(string reason) : Exception(reason);
