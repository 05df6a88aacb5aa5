using System.Text.RegularExpressions;

namespace AdmissionSdk.Cel.Library;

/// <summary>A regular expression of RE2, which runs in linear time. What .NET would read otherwise is translated or refused.</summary>
internal sealed class LinearRegex
{
    private readonly Regex? _regex;
    private readonly bool _hasWordBoundary;

    private LinearRegex(Regex? regex, string? error, bool hasWordBoundary = false) => (_regex, Error, _hasWordBoundary) = (regex, error, hasWordBoundary);

    /// <summary>Go's text about a pattern that is none, as <c>error parsing regexp: missing closing ): `(`</c>.</summary>
    public string? Error { get; }

    public static LinearRegex Parse(string pattern)
    {
        var (translated, error, hasWordBoundary) = RegexTranslator.Translate(pattern);
        if (translated is null)
        {
            return new LinearRegex(null, "error parsing regexp: " + error);
        }

        try
        {
            return new LinearRegex(new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), null, hasWordBoundary);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return new LinearRegex(null, $"error parsing regexp: not supported here: `{pattern}`");
        }
    }

    /// <summary>An error about the pattern, or about a text that the pattern cannot be run on as in RE2.</summary>
    public string? ProblemWith(string text) =>
        Error ?? (_hasWordBoundary && !System.Text.Ascii.IsValid(text) ? @"the evaluator cannot tell word boundaries (\b) in a text that is not ASCII" : null);

    public bool IsMatch(string text) => _regex!.IsMatch(text);

    public string Find(string text) => _regex!.Match(text) is { Success: true } match ? match.Value : "";

    public IReadOnlyList<string> FindAll(string text)
    {
        var found = new List<string>();
        var end = -1;
        foreach (var match in _regex!.EnumerateMatches(text))
        {
            // An empty match right behind the last one is none for Go.
            if (match.Length > 0 || match.Index != end)
            {
                found.Add(text.Substring(match.Index, match.Length));
            }

            end = match.Index + match.Length;
        }

        return found;
    }
}
