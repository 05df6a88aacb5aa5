using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Guarding;

/// <summary>Writes parts of CEL expressions.</summary>
internal static class CelText
{
    /// <summary>A string literal. What is not printable ASCII is escaped, so that the text survives every editor.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\\' or '\'' => quoted.Append('\\').Append((char)rune.Value),
                >= ' ' and <= '~' => quoted.Append((char)rune.Value),
                <= 0xFFFF => quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
            };
        }

        return quoted.Append('\'').ToString();
    }

    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quote))}]";

    /// <summary>True if all conditions hold; no condition holds always.</summary>
    public static string All(IReadOnlyCollection<string> conditions) => conditions.Count switch
    {
        0 => "true",
        1 => conditions.First(),
        _ => string.Join(" && ", conditions),
    };

    /// <summary>True if one of the conditions holds.</summary>
    public static string Any(IReadOnlyCollection<string> conditions) => conditions.Count switch
    {
        0 => "false",
        1 => conditions.First(),
        _ => $"({string.Join(" || ", conditions)})",
    };

    /// <summary>Tests a text against patterns, exactly as <see cref="Glob.Matches"/> does.</summary>
    /// <param name="value">An expression of type string.</param>
    /// <param name="patterns">The patterns.</param>
    /// <param name="prefix">The text before each pattern in the value.</param>
    public static string Globs(string value, IEnumerable<Glob> patterns, string prefix = "")
    {
        var all = patterns.Select(pattern => prefix + pattern.Pattern).ToList();
        var exact = all.Where(pattern => !pattern.Contains('*', StringComparison.Ordinal)).ToList();
        var conditions = all.Where(pattern => pattern.Contains('*', StringComparison.Ordinal)).Select(pattern => Glob(value, pattern)).ToList();
        if (exact.Count > 0)
        {
            conditions.Insert(0, exact.Count == 1 ? $"{value} == {Quote(exact[0])}" : $"{value} in {List(exact)}");
        }

        return Any(conditions);
    }

    /// <summary>Tests a text against a regular expression.</summary>
    public static string Matches(string value, string pattern) => $"{value}.matches({Quote(pattern)})";

    // Most patterns have one star, at an end.
    private static string Glob(string value, string pattern)
    {
        var first = pattern.IndexOf('*', StringComparison.Ordinal);
        return pattern == "*" ? "true"
            : first == pattern.Length - 1 ? $"{value}.startsWith({Quote(pattern[..^1])})"
            : first == 0 && pattern.LastIndexOf('*') == 0 ? $"{value}.endsWith({Quote(pattern[1..])})"
            // (?s): a star matches a line break too.
            : Matches(value, $"(?s)^{string.Join(".*", pattern.Split('*').Select(Escape))}$");
    }

    /// <summary>Escapes a text for a regular expression of RE2.</summary>
    public static string Escape(string text) => Regex.Replace(text, @"[\\.+*?()|\[\]{}^$]", @"\$0");
}
