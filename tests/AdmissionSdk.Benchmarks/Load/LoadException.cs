namespace AdmissionSdk.Benchmarks.Load;

/// <summary>Something that keeps the command from measuring; the message is all that the user sees.</summary>
internal sealed class LoadException(string message) : Exception(message);
