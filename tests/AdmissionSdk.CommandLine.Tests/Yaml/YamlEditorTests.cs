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

    [Fact]
    public void Apply_ScalarOverTwoLines_IsRefusedWithAReason()
    {
        const string Text = "a: x\n  y\n";
        var scalar = Find(Text);

        var result = YamlEditor.Apply(Text, new Dictionary<YamlScalar, string> { [scalar] = "z" });

        Assert.Equal(Text, result.Text);
        var refusal = Assert.Single(result.Refusals);
        Assert.Equal((scalar, "it is written over several lines or with escapes; write it on one line"), (refusal.Scalar, refusal.Reason));
    }

    private static YamlScalar Find(string text) => (YamlScalar)((YamlMapping)YamlReader.Read(text).First()!).Find("a")!;
}
