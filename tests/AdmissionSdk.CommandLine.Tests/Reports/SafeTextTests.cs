using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Tests.Reports;

/// <remarks>Covers <see cref="SafeText"/>.</remarks>
public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain é☃", "plain é☃")]
    [InlineData("a\nb\r\u001b[2J\u007f", "a b  [2J ")]
    [InlineData("a\u202eb\u2028c", "a b c")]
    public void ToLine_ControlCharacters_BecomeSpaces(string text, string expected) => Assert.Equal(expected, SafeText.ToLine(text));

    [Theory]
    [InlineData("::stop", "./::stop")]
    [InlineData(" ##[error]", "./ ##[error]")]
    [InlineData("a::b", "a::b")]
    public void ToLogLine_WorkflowCommand_IsNotOneAnyMore(string text, string expected) => Assert.Equal(expected, SafeText.ToLogLine(text));

    [Theory]
    [InlineData("a\n\n  b\r\n", "a b")]
    [InlineData("a\u001bb", "a b")]
    public void JoinLines_Message_IsOneCleanLine(string text, string expected) => Assert.Equal(expected, SafeText.JoinLines(text));
}
