using System.Text.RegularExpressions;
using Architecture.Tests.Support;

namespace Architecture.Tests;

/// <summary>Two rules of CONTRIBUTING's "Language" that a machine can check: how a comment begins, and "is not a" for "is no".</summary>
/// <remarks>Covers CONTRIBUTING.md.</remarks>
public sealed partial class LanguageTests
{
    private static readonly string[] Folders = ["src", "samples", "docs"];

    [Fact]
    public void Comments_BeginWithAVerbOrANoun() =>
        Expect.None(Find(SourceFile.In(Folders, ".cs", ".yaml", ".yml", ".sh"), RiddleInCode()));

    [Fact]
    public void Paragraphs_BeginWithAVerbOrANoun() => Expect.None(Find(SourceFile.In(Folders, ".md"), RiddleInPage()));

    [Fact]
    public void Texts_SayIsNotA() => Expect.None(Find(SourceFile.In(Folders, ".cs", ".md", ".yaml", ".yml", ".json", ".sh"), IsNo()));

    [Theory]
    [InlineData("    /// <summary>Whether it is so.</summary>", true)]
    [InlineData("/// Of equal names the last counts.", true)]
    [InlineData("    /// <param name=\"value\">What was found.</param>", true)]
    [InlineData("// Those inside texts count too.", true)]
    [InlineData("/// <summary>True when an object is being deleted.</summary>", false)]
    [InlineData("var what = \"What\"; // so be it", false)]
    public void RiddleInCode_IsFound(string line, bool found) => Assert.Equal(found, RiddleInCode().IsMatch(line));

    [Theory]
    [InlineData("- Who calls is unknown.", true)]
    [InlineData("What it does is written here.", true)]
    [InlineData("## What you get", false)]
    [InlineData("The webhook is whatever answers.", false)]
    public void RiddleInPage_IsFound(string line, bool found) => Assert.Equal(found, RiddleInPage().IsMatch(line));

    [Theory]
    [InlineData("it is no certificate", true)]
    [InlineData("there were no reviews", true)]
    [InlineData("it is not a certificate", false)]
    [InlineData("this is nothing", false)]
    public void IsNo_IsFound(string line, bool found) => Assert.Equal(found, IsNo().IsMatch(line));

    private static IEnumerable<string> Find(IEnumerable<SourceFile> files, Regex pattern) =>
        from file in files
        from line in file.Lines.Select((text, index) => (text, number: index + 1))
        where pattern.IsMatch(line.text)
        select $"{file.Path}:{line.number}: {line.text.Trim()}";

    [GeneratedRegex("""(//|///|#) ?(<(summary|remarks|returns|value|content|(param|typeparam|exception)[^>]*)>)?(What|Who|Whoever|Whose|Where|Whether|Of|Those|That|Which) """)]
    private static partial Regex RiddleInCode();

    [GeneratedRegex(@"^\s*([-*] |\d+\. |\| )?(What|Who|Whoever|Whose|Where|Whether|Of|Those|Which) ")]
    private static partial Regex RiddleInPage();

    [GeneratedRegex(@"\b(is|are|was|were|be) no\b")]
    private static partial Regex IsNo();
}
