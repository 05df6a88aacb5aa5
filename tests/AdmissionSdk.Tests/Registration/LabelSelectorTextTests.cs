using AdmissionSdk.Configuration;

namespace AdmissionSdk.Tests.Registration;

/// <summary>Selectors as kubectl writes them.</summary>
/// <remarks>Covers <see cref="LabelSelectorText"/>.</remarks>
public sealed class LabelSelectorTextTests
{
    [Theory]
    [InlineData("team=web", "team In web")]
    [InlineData("team == web", "team In web")]
    [InlineData("example.com/team!=web", "example.com/team NotIn web")]
    [InlineData("stage in (test, prod),team", "stage In test|prod;team Exists ")]
    [InlineData("stage notin (test)", "stage NotIn test")]
    [InlineData("!legacy, a", "legacy DoesNotExist ;a Exists ")]
    [InlineData("team=", "team In ")]
    public void TryParse_Selector_ReadsAsKubectlDoes(string text, string expected)
    {
        Assert.True(LabelSelectorText.TryParse(text, out var selector));
        Assert.Equal(
            expected,
            string.Join(';', selector.MatchExpressions.Select(item => $"{item.Key} {item.OperatorProperty} {string.Join('|', item.Values ?? [])}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,")]
    [InlineData("a in b")]
    [InlineData("a in (b")]
    [InlineData("a=b=c")]
    [InlineData("a b")]
    public void TryParse_Nonsense_IsRefused(string text) => Assert.False(LabelSelectorText.TryParse(text, out _));
}
