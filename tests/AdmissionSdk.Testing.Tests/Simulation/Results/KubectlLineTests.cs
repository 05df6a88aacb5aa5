using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Tests.Simulation.Results;

/// <summary>Lines of kubectl (contract 10.4).</summary>
/// <remarks>Covers <see cref="KubectlLine"/>.</remarks>
public class KubectlLineTests
{
    // contract 10.4
    [Theory]
    [InlineData("""{"message":"m","reason":"Forbidden"}""", "Error from server (Forbidden): m")]
    [InlineData("""{"message":"m"}""", "Error from server: m")]
    [InlineData("""{"message":"m","reason":"Unauthorized"}""", "error: You must be logged in to the server (m)")]
    [InlineData("""{"message":"m","reason":"Invalid"}""", "The request is invalid: m")]
    [InlineData("""{"message":"m","reason":"Invalid","details":{"kind":"Pod","name":"p"}}""", "The Pod \"p\" is invalid")]
    [InlineData("""{"message":"m","reason":"Invalid","details":{"kind":"Pod","name":"p","causes":[{"field":"spec.x","message":"is bad"}]}}""", "The Pod \"p\" is invalid: spec.x: is bad")]
    [InlineData("""{"message":"m","reason":"Invalid","details":{"causes":[{"field":"a","message":"x"},{"field":"b","message":"y"}]}}""", "The request is invalid: \n* a: x\n* b: y")]
    public void Format_Status_IsWhatKubectlPrints(string status, string line) =>
        Assert.Equal(line, KubectlLine.Format(TestObjectReader.Parse(status)));
}
