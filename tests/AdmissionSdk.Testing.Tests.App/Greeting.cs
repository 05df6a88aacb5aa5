namespace AdmissionSdk.Testing.Tests.App;

/// <summary>Something that a test may replace.</summary>
public sealed record Greeting(string Text);
