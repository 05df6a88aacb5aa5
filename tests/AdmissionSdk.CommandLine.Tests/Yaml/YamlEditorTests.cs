using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Tests.Yaml;

/// <remarks>Covers <see cref="YamlEditor"/>, <see cref="YamlEditResult"/>, <see cref="YamlEditRefusal"/>.</remarks>
public sealed class YamlEditorTests
{
    [Theory]
    [InlineData("a: x # c\n", "it's", "a: \"it's\" # c\n")]
    [InlineData("a: 'x'\n", "it's", "a: 'it''s'\n")]
    [InlineData("a: \"x\"\n", "it's", "a: \"it's\"\n")]
    [InlineData("a: |-\n  x\nb: c\n", "yy", "a: |-\n  yy\nb: c\n")]
    [InlineData("a: &a x\r\n", "yy", "a: &a yy\r\n")]
    public void Apply_Value_ReplacesNothingElse(string before, string value, string after)
    {
        var result = YamlEditor.Apply(before, new Dictionary<YamlScalar, string> { [Find(before)] = value });

        Assert.Equal(after, result.Text);
        Assert.Empty(result.Refusals);
    }

    [Theory]
    [InlineData("a: x\n  y\n", "it is written over several lines or with escapes; write it on one line")]
    [InlineData("a: |\n  x\nb: c\n", "it is written as a block; write it on the line of its key")]
    public void Apply_ScalarThatIsNotSimple_IsRefusedWithAReason(string text, string reason)
    {
        var scalar = Find(text);

        var result = YamlEditor.Apply(text, new Dictionary<YamlScalar, string> { [scalar] = "z" });

        Assert.Equal(text, result.Text);
        var refusal = Assert.Single(result.Refusals);
        Assert.Equal((scalar, reason), (refusal.Scalar, refusal.Reason));
    }

    private static YamlScalar Find(string text) => (YamlScalar)((YamlMapping)YamlReader.Read(text).First()!).Find("a")!;
}
