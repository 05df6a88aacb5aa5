namespace AdmissionSdk.Testing.Tests.App;

/// <summary>A service that a test may replace.</summary>
public sealed record Greeting(string Text);
