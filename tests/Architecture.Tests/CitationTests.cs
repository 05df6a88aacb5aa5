using System.Text.RegularExpressions;
using Architecture.Tests.Support;

namespace Architecture.Tests;

/// <summary>Every rule that code cites as "contract 12.3" is in docs/apiserver-contract.md.</summary>
/// <remarks>Covers docs/apiserver-contract.md.</remarks>
public sealed partial class CitationTests
{
    [Fact]
    public void Citations_AreRulesOfTheContract()
    {
        var contract = SourceFile.In(["docs"], ".md").Single(file => file.Name == "apiserver-contract");
        var rules = contract.Lines.Select(line => Rule().Match(line)).Where(match => match.Success).Select(match => match.Groups["rule"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.True(rules.Count > 100, $"Only {rules.Count} rules were found in the contract.");

        Expect.None(
            from file in SourceFile.In(["src", "samples", "tests"], ".cs")
            from line in file.Lines
            from citation in Citation().Matches(line)
            from number in Number().Matches(citation.Value)
            where !rules.Contains(number.Value)
            select $"{file.Path}: contract {number.Value}");
    }

    [GeneratedRegex(@"^(## (?<rule>\d+)\. |- \*\*(?<rule>\d+\.\d+)\b)")]
    private static partial Regex Rule();

    [GeneratedRegex(@"[cC]ontract(?: section)? \d+(\.\d+)?((, | and | to )\d+(\.\d+)?)*")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();
}
