using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Tests.Reports;

/// <remarks>Covers <see cref="SafeText"/>.</remarks>
public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain é☃", "plain é☃")]
    [InlineData("a\nb\r\u001b[2J\u007f", "a\\nb\\r\\x1b[2J\\x7f")]
    [InlineData("a\u202eb\u2028c", "a\\u202eb\\u2028c")]
    public void ToLine_ControlCharacters_AreQuoted(string text, string expected) => Assert.Equal(expected, SafeText.ToLine(text));

    [Fact]
    public void Quote_Value_IsInQuotes() => Assert.Equal("\"a\\\"\\nb\"", SafeText.Quote("a\"\nb"));

    [Theory]
    [InlineData("::stop", "./::stop")]
    [InlineData(" ##[error]", "./ ##[error]")]
    [InlineData("a::b", "a::b")]
    public void ToLogLine_WorkflowCommand_IsNotOneAnyMore(string text, string expected) => Assert.Equal(expected, SafeText.ToLogLine(text));

    [Theory]
    [InlineData("a\n\n  b\r\n", "a b")]
    [InlineData("a\u001bb", "a\\x1bb")]
    public void JoinLines_Message_IsOneCleanLine(string text, string expected) => Assert.Equal(expected, SafeText.JoinLines(text));
}
