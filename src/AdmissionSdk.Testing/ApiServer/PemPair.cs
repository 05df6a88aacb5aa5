namespace AdmissionSdk.Testing.ApiServer;

/// <summary>A certificate (or bare public key) and its private key, both as PEM text.</summary>
internal sealed record PemPair(string Public, string Private);
