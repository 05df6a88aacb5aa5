using System.Text;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Tests.Patching;

/// <summary>The last check: a patch that is not the edit does not leave, whatever is wrong elsewhere.</summary>
/// <remarks>Covers <see cref="PatchSession"/>.</remarks>
public sealed class SelfCheckTests
{
    [Fact]
    public void Check_ThePatch_IsLetThrough() => Check("""{"a":1,"b":[1]}""", """{"b":[1.0],"a":2}""", """[{"op":"replace","path":"/a","value":2},{"op":"replace","path":"/b/0","value":1.0}]""");

    [Fact]
    public void Check_NoPatch_IsNotApplied() => PatchSession.Check(Text("{}"), Text("{}"), default, PatchLimits.Default);

    [Fact]
    public void Check_DoesNotApply_IsOurFault()
    {
        var exception = Assert.Throws<PatchException>(() => Check("""{"a":1}""", """{"a":2}""", """[{"op":"remove","path":"/b"}]"""));

        Assert.Equal(
            "the patch does not apply to the object it was made for (operation 0 on \"/b\": member \"b\" does not exist); this is a fault of AdmissionSdk", exception.Message);
        Assert.True(exception.IsDefect);
    }

    [Theory]
    [InlineData("""[{"op":"replace","path":"/a","value":3}]""")]
    [InlineData("""[{"op":"replace","path":"/a","value":2.0}]""")]
    [InlineData("""[{"op":"replace","path":"/a","value":2},{"op":"add","path":"/b","value":1}]""")]
    public void Check_GivesSomethingElse_IsOurFault(string patch)
    {
        var exception = Assert.Throws<PatchException>(() => Check("""{"a":1}""", """{"a":2}""", patch));

        Assert.Equal("the patch does not give the edited object; this is a fault of AdmissionSdk", exception.Message);
        Assert.True(exception.IsDefect);
    }

    private static void Check(string source, string target, string patch) =>
        PatchSession.Check(Text(source), Text(target), new PatchResult(Encoding.UTF8.GetBytes(patch), 1), PatchLimits.Default);

    private static PatchDocument Text(string json) => new(Encoding.UTF8.GetBytes(json), PatchLimits.Default);
}
