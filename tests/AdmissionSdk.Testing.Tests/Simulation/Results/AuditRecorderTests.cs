using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Tests.Simulation.Results;

/// <summary>Audit annotations (contract 17.1, 17.2).</summary>
/// <remarks>Covers <see cref="AuditRecorder"/>, <see cref="ApiServerNames"/>.</remarks>
public class AuditRecorderTests
{
    [Theory]
    [InlineData("a.b.c/key", true)]
    [InlineData("a.b.c/Key-1_2.x", true)]
    [InlineData("a.b.c/-key", false)]
    [InlineData("a.b.c/key_", false)]
    [InlineData("a.b.c/k/ey", false)]
    [InlineData("a.b.c/k ey", false)]
    [InlineData("a.b.c/", false)]
    public void Add_Key_MustBeAQualifiedName(string key, bool kept)
    {
        var recorder = new AuditRecorder();

        recorder.Add(key, "any value\n at all");

        Assert.Equal(kept, recorder.Annotations.ContainsKey(key));
        Assert.Equal(!kept, recorder.Dropped.Contains(key));
    }

    [Fact]
    public void Add_KeyOf64Characters_IsDropped()
    {
        var recorder = new AuditRecorder();

        recorder.Add($"a.b.c/{new string('k', 63)}", "v");
        recorder.Add($"a.b.c/{new string('k', 64)}", "v");

        Assert.Single(recorder.Annotations);
        Assert.Single(recorder.Dropped);
    }

    [Fact]
    public void Add_SecondValue_FirstWins()
    {
        var recorder = new AuditRecorder();
        recorder.Add("a.b.c/k", "1");
        recorder.Add("a.b.c/k", "1");
        recorder.Add("a.b.c/k", "2");

        Assert.Equal("1", recorder.Annotations["a.b.c/k"]);
        Assert.Equal(["a.b.c/k"], recorder.Dropped);
    }
}
