using Architecture.Tests.Support;

namespace Architecture.Tests;

/// <summary>The simulated API server is a second implementation of the API server's rules: agreement with the SDK means something only while it shares no code with the SDK.</summary>
/// <remarks>Covers docs/decisions/0007-simulator-shares-no-code.md.</remarks>
public sealed class IndependenceTests
{
    [Fact]
    public void Simulator_UsesNoInternalsOfTheSdk() =>
        Expect.None(Package.Open("src/AdmissionSdk.Testing").InternalsOf("AdmissionSdk", file => file.StartsWith("Simulation/", StringComparison.Ordinal) || file.StartsWith("Rules/", StringComparison.Ordinal)));

    [Fact]
    public void InternalsOf_AFileThatUsesSome_AreFound() =>
        Assert.NotEmpty(Package.Open("src/AdmissionSdk.Testing").InternalsOf("AdmissionSdk", file => file == "Contexts/TestCall.cs"));
}
