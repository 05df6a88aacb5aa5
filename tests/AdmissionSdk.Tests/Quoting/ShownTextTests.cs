using System.Text;
using AdmissionSdk.Quoting;
using FsCheck;
using FsCheck.Fluent;

namespace AdmissionSdk.Tests.Quoting;

/// <remarks>Covers <see cref="ShownText"/>.</remarks>
public sealed class ShownTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain 'text' \"quoted\" c:\\d", "plain 'text' \"quoted\" c:\\d")]
    [InlineData("é☃🐳 日本", "é☃🐳 日本")]
    [InlineData("\a\b\f\n\r\t\v", "\\a\\b\\f\\n\\r\\t\\v")]
    [InlineData("\0\u001b[2J\u007f", "\\x00\\x1b[2J\\x7f")]
    [InlineData("\u0085\u009b", "\\u0085\\u009b")]
    [InlineData("a\u202eb\u2066c\u200ed\u061ce", "a\\u202eb\\u2066c\\u200ed\\u061ce")]
    [InlineData("a\u2028b\u2029c\u00a0d\ufeffe\u200bf", "a\\u2028b\\u2029c\\u00a0d\\ufeffe\\u200bf")]
    [InlineData("\U000e0041\ue000", "\\U000e0041\\ue000")]
    public void ToLine_Text_IsAsGoWritesIt(string text, string expected)
    {
        // The right side is what Go 1.24's %q gives, without the quotes around it and its escapes of quotes.
        Assert.Equal(expected, ShownText.ToLine(text));
    }

    [Fact]
    public void ToLine_HalfOfASurrogatePair_IsTheReplacementCharacter() => Assert.Equal("a\ufffdb", ShownText.ToLine("a\ud83db"));

    [Theory]
    [InlineData("nginx", "\"nginx\"")]
    [InlineData("a\" is fine: \"b", "\"a\\\" is fine: \\\"b\"")]
    [InlineData("a\\nb\n", "\"a\\\\nb\\n\"")]
    public void Quote_Value_IsAsGoQuotesIt(string value, string expected) => Assert.Equal(expected, ShownText.Quote(value));

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abc…")]
    [InlineData("a\nbc", 5, "a\\nbc")]
    [InlineData("a\nbcd", 5, "a\\nb…")]
    [InlineData("abc\nd", 5, "abc…")]
    [InlineData("🐳🐳🐳", 3, "🐳🐳🐳")]
    [InlineData("🐳🐳🐳🐳", 3, "🐳🐳…")]
    public void ToLine_Longer_IsCutBetweenCharacters(string text, int most, string expected) => Assert.Equal(expected, ShownText.ToLine(text, most));

    [Fact]
    public void ToLine_AnyText_IsOneHarmlessLineAndStaysSo() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        var line = ShownText.ToLine(text ?? "");
        var cut = ShownText.ToLine(text ?? "", 20);

        Assert.All(line.EnumerateRunes(), rune => Assert.True(rune.Value == ' ' || !(Rune.IsControl(rune) || Rune.IsWhiteSpace(rune)), line));
        Assert.Equal(line, ShownText.ToLine(line));
        Assert.InRange(cut.EnumerateRunes().Count(), 0, 20);
    }).QuickCheckThrowOnFailure();
}
