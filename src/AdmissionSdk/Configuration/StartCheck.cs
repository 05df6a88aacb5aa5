namespace AdmissionSdk.Configuration;

/// <summary>Options without settings: .NET validates options before anything starts, and through these everything of the SDK's is validated there at once.</summary>
internal sealed class StartCheck;
