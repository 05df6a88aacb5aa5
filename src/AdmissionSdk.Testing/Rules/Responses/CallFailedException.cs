namespace AdmissionSdk.Testing.Rules.Responses;

/// <summary>The call failed in a way that failurePolicy decides (contract 11, CALLERR); the message is the inner reason.</summary>
internal sealed class CallFailedException(string reason) : Exception(reason);
